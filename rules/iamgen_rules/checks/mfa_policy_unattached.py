"""A policy that denies without MFA is attached to nobody.

## Why

A policy in itself denies nothing. It looks as if MFA were enforced, in reviews and in the list of policies, and nobody
has to use it. Where no user and no group is declared beside it, it is made for others to attach, and this rule is
silent.

## Fails

```hcl
resource "aws_iam_policy" "require_mfa" { # ! IAM009
  name = "require-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

resource "aws_iam_group" "ops" {
  name = "ops"
}
```

## Passes

```hcl
resource "aws_iam_policy" "require_mfa" {
  name = "require-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy_attachment" "require_mfa" {
  group      = aws_iam_group.ops.name
  policy_arn = aws_iam_policy.require_mfa.arn
}
```

## Fix

Attach it to every group whose members are to need MFA, or remove it. Where another configuration attaches it, say so in
a suppression.

## References

- [Adding and removing IAM identity permissions](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamgen_rules.gates.naming import named as name_of
from iamgen_rules.gates.naming import policy_name
from iamgen_rules.gates.standing import Gate, loose
from iamgen_rules.rule import Fix, Line, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM009"
SEVERITY: Severity = "medium"
_HOLE = re.compile(r"\$\{[^}]*\}")


def find(subject: Subject) -> Iterator[Violation]:
    """Declared policies with a gate that no attachment names, and that nothing unknown may attach, beside somebody."""
    first: dict[str, Gate] = {}
    somebody = subject.account.users or subject.account.groups
    for gate in loose(subject) if somebody else ():
        first.setdefault(gate.binding.name, gate)
    perhaps = [*_unknown(subject)] if first else []
    named = {arn for _, arn in subject.built.attached}
    for arn, gate in first.items():
        if arn not in named and not any(one.fullmatch(arn) for one in perhaps):
            yield _violation(gate)


def _unknown(subject: Subject) -> Iterator[re.Pattern[str]]:
    """What an attachment to a user or group, or a user's boundary, may come to where it is not wholly known."""
    named = {arn for kind, arn in subject.built.attached if kind != "role"}
    named |= {user.boundary.policy for user in subject.account.users if user.boundary is not None}
    for arn in sorted(named):
        pieces = _HOLE.split(arn)
        if not arn.startswith("arn:"):
            yield re.compile(".*")
        elif len(pieces) > 1:
            yield re.compile(".*".join(map(re.escape, pieces)), re.IGNORECASE)


def _violation(gate: Gate) -> Violation:
    policy = gate.binding
    said = f"{name_of(policy, gate.statement)} would deny without MFA; no attachment and no boundary names the policy"
    return Violation(
        policy.policy,
        "nothing attaches this policy, which denies without MFA",
        SEVERITY,
        (),
        (Line(said, gate.place),),
        Fix(f"attach {policy_name(policy)} to the groups whose members are to need MFA", policy.policy),
        about=policy.policy.address or policy.name,
    )
