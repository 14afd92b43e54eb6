"""A Deny without MFA also denies the two calls that enrol the first MFA device: nobody can ever meet it.

## Why

Who has no device yet signs in without MFA, makes a virtual device (`iam:CreateVirtualMFADevice`) and enables it for
the own user (`iam:EnableMFADevice`). A gate that denies either leaves new users outside until somebody enrols for them,
and ends, sooner or later, with the gate taken off. AWS's own policy exempts both: who has a device needs it to add
another. Who has none yet should enrol soon, since until then whoever holds the password or a key may do it instead.

## Fails

```hcl
resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy_attachment" "admin" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group_policy" "mfa" {
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! IAM007
      Sid       = "DenyWithoutMFA"
      Effect    = "Deny"
      NotAction = ["iam:GetUser", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Passes

```hcl
resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy_attachment" "admin" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group_policy" "mfa" {
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyWithoutMFA"
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Fix

Add `iam:CreateVirtualMFADevice` and `iam:EnableMFADevice` to the statement's `NotAction`. A statement that lists what
it denies must not list them, nor a wildcard that includes them.

## References

- [AWS: Allows MFA-authenticated IAM users to manage their own MFA device on the Security credentials page](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html)
- [Assign MFA devices in the AWS CLI or AWS API](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_cliapi.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.model import Ref
from iamgen_rules.gates.edits import into_list
from iamgen_rules.gates.enrolment import Denied, denied
from iamgen_rules.gates.naming import at, named
from iamgen_rules.rule import Fix, Line, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM007"
SEVERITY: Severity = "medium"


def find(subject: Subject) -> Iterator[Violation]:
    """Gates on users and groups, or on nobody yet, that deny one of the two calls."""
    yield from (_violation(subject, one) for one in denied(subject))


def _violation(subject: Subject, found: Denied) -> Violation:
    gate = found.gate
    what = " and ".join(found.actions)
    statement = f"{named(gate.binding, gate.statement)}{at(gate.place)}"
    said = f"{_whom(found.refs)} without a device is denied {what} by {statement}"
    return Violation(
        gate.place,
        f"the Deny without MFA keeps a first device from being enrolled: it denies {what}",
        SEVERITY,
        tuple(subject.who(ref) for ref in found.refs),
        (Line(said, gate.place),),
        _fix(subject, found),
        about=gate.about,
    )


def _whom(refs: tuple[Ref, ...]) -> str:
    """One of those whom it keeps out; of a group without members whoever comes in."""
    if not refs:
        return "a user"
    return refs[0].name if refs[0].kind == "user" else f"a member of {refs[0]}"


def _fix(subject: Subject, found: Denied) -> Fix:
    actions = found.gate.statement.actions
    what = " and ".join(found.actions)
    if not actions.inverted:
        place = found.gate.binding.place_of(found.gate.statement, "Action")
        return Fix(f"take {what}, and wildcards that include them, out of Action", place)
    place = found.gate.binding.place_of(found.gate.statement, "NotAction")
    lacking = [one for one in found.actions if one not in actions.values]
    if not lacking:
        return Fix(f"deny {what} on nothing of the user's own", place)
    edits = into_list(subject.texts, found.gate.place, place, actions.values, lacking)
    return Fix(f"add {what} to NotAction", place, edits)
