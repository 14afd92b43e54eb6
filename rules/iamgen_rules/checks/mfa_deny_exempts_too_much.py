"""A gate exempts what gives whoever passes it a way around it, or a lasting credential.

## Why

What a gate exempts works with a stolen password or access key. Making and replacing credentials
(`iam:CreateAccessKey`, `iam:UpdateLoginProfile`) makes the theft last; `iam:DeactivateMFADevice` lets a thief enrol a
device of their own; tags and names are read by other policies; `sts:AssumeRole` opens each role whose trust policy does
not ask for MFA itself. An exemption counts where something allows the action to somebody the gate is on, or the gate is
on nobody yet.

`iam:ChangePassword` is what a first sign-in with `password_reset_required` needs and what AWS advises against: reported
with severity low. `iam:DeleteVirtualMFADevice` was in AWS's own example until 2018, and should be exempt nowhere.

## Fails

```hcl
data "aws_iam_policy_document" "require_mfa" {
  statement {
    effect      = "Deny"
    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:CreateAccessKey", # ! IAM006
    ]
    resources   = ["*"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "require_mfa" {
  name   = "require-mfa"
  policy = data.aws_iam_policy_document.require_mfa.json
}
```

## Passes

```hcl
data "aws_iam_policy_document" "require_mfa" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "require_mfa" {
  name   = "require-mfa"
  policy = data.aws_iam_policy_document.require_mfa.json
}
```

## Fix

Take the action out of `NotAction`. A person needs `iam:CreateVirtualMFADevice` and `iam:EnableMFADevice` to enrol, and
reading actions such as `iam:ListMFADevices`; everything else can wait for the session with MFA.

## References

- [AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html)
- [IAM JSON policy elements: NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.binding import Binding
from iamgen_rules.gates.bearers import Bearers
from iamgen_rules.gates.causes import Open
from iamgen_rules.gates.exempting import Exempted, Live, effect, exempted, matches, value_place, without
from iamgen_rules.gates.naming import named
from iamgen_rules.gates.open import administrators, by_statement, everybody, key, policies, reason
from iamgen_rules.gates.statements import is_gate
from iamgen_rules.policy.document import Statement
from iamgen_rules.rule import ACT, Fix, Line, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM006"
SEVERITY: Severity = "high"
_NAMED = 2


def find(subject: Subject) -> Iterator[Violation]:
    """Each gate that exempts what it should not, at the worst of it."""
    opened = by_statement(administrators(subject, "exempted"))
    live = Live(subject, Bearers(subject))
    for binding in policies(subject):
        for statement in binding.document.statements:
            if is_gate(statement) and binding.how != "trust" and not statement.missing:
                left_open = opened.get(key(binding, statement), [])
                found = live.of(binding, exempted(statement))
                if left_open or found:
                    yield _violation(subject, binding, statement, found, left_open)


def _violation(
    subject: Subject, binding: Binding, statement: Statement, found: tuple[Exempted, ...], opened: list[Open]
) -> Violation:
    found = _first(statement, found, opened)
    place = value_place(binding, statement, found[0].value, subject.texts)
    severity: Severity = "critical" if opened else "low" if found[0].low else SEVERITY
    names = [one.action for one in found]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    text = f"take {' and '.join(names[:_NAMED])}{more} out of NotAction"
    return Violation(
        place,
        f"the gate exempts {', '.join(names[:_NAMED])}{more}",
        severity,
        everybody(subject, opened),
        reason(subject, opened) if opened else _why(binding, statement, found),
        Fix(text, place, without(binding, statement, found, subject.texts)),
        ACT if opened else None,
        about=f"{binding.policy.address or binding.label} {statement.name}",
    )


def _first(statement: Statement, found: tuple[Exempted, ...], opened: list[Open]) -> tuple[Exempted, ...]:
    """What leaves somebody open comes first, whether it is on the list or not."""
    used = [one.cause.step.action for one in opened if one.cause.step is not None]
    values = enumerate(statement.actions.values)
    made = [Exempted(action, at, low=False) for at, value in values for action in used[:1] if matches(value, action)]
    return (*made[:1], *(one for one in found if one.action not in {first.action for first in made}))


def _why(binding: Binding, statement: Statement, found: tuple[Exempted, ...]) -> tuple[Line, ...]:
    place = binding.place_of(statement)
    lines = (f"{named(binding, statement)} exempts {one.action}: {effect(one.action)}" for one in found)
    return tuple(Line(line, place) for line in lines)
