"""A condition on MFA is not met in sessions that it is meant for, or is met in sessions without MFA.

## Why

`aws:MultiFactorAuthPresent` is `"true"` after MFA, `"false"` in a console sign-in without, and absent in a call that is
signed with an access key. A Deny with `Bool` and `"false"` therefore misses every access key: with nothing to compare,
`Bool` is false. With `IfExists` an absent key is as good as met, which is what a Deny needs and what an Allow, or a
trust policy, must not have. `Null` tells only whether the key is there, which says nothing of MFA in the console.

| in a Deny | access key | console without MFA |
|---|---|---|
| `BoolIfExists` `"false"` | denied | denied |
| `Bool`, `StringEquals`, `ForAnyValue:BoolIfExists` `"false"` | **passes** | denied |
| `Null` `"true"` | denied | **passes** |
| `BoolIfExists` `"true"` | denied | **passes**, and MFA is denied |
| `NumericGreaterThan` on `aws:MultiFactorAuthAge` | **passes** | **passes** |

A form that holds but says something else than it seems to is reported with severity low.

## Fails

```hcl
data "aws_iam_policy_document" "require_mfa" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]

    condition {
      test     = "Bool" # ! IAM004
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

```hcl
resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Condition = {
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } # ! IAM004
      }
    }]
  })
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

```hcl
resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Condition = {
        Bool = { "aws:MultiFactorAuthPresent" = "true" }
      }
    }]
  })
}
```

## Fix

In a Deny: `BoolIfExists` with `"false"`. In an Allow and in a trust policy: `Bool` with `"true"`. For
`aws:MultiFactorAuthAge`: `NumericGreaterThanIfExists` in a Deny, `NumericLessThan` in an Allow.

## References

- [AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
- [IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from iamgen_rules.account.binding import Binding
from iamgen_rules.gates.bearers import Bearers
from iamgen_rules.gates.causes import Open
from iamgen_rules.gates.faults import Fault, fault, holding, odd
from iamgen_rules.gates.naming import in_words, named
from iamgen_rules.gates.open import POWER, administrators, by_statement, everybody, key, of_power, policies, reason
from iamgen_rules.gates.repair import condition_place, fix, repaired
from iamgen_rules.policy.document import Condition, Statement
from iamgen_rules.policy.session import Kind
from iamgen_rules.rule import ACT, Consequence, Line, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM004"
SEVERITY: Severity = "high"
_MISSED: Mapping[tuple[Kind, ...], str] = {
    (Kind.ACCESS_KEY,): "access keys",
    (Kind.NO_MFA,): "console sign-ins without MFA",
    (Kind.ACCESS_KEY, Kind.NO_MFA): "every session without MFA",
}


def find(subject: Subject) -> Iterator[Violation]:
    """Every MFA condition that fails, or holds in an odd form, in force or not."""
    opened = by_statement(administrators(subject, "condition"))
    of_some_power = by_statement(of_power(subject, "condition"))
    bearers = Bearers(subject)
    for binding in policies(subject):
        for statement in binding.document.statements:
            one = key(binding, statement)
            left = Left(opened.get(one, []), ACT) if one in opened else Left(of_some_power.get(one, []), POWER)
            if not statement.missing and not bearers.only_roles(binding):
                yield from _said(subject, binding, statement, left, bearers)


class Left(NamedTuple):
    """Whom a condition leaves open, and what they do then."""

    opened: list[Open]
    consequence: Consequence


def _said(
    subject: Subject, binding: Binding, statement: Statement, left: Left, bearers: Bearers
) -> Iterator[Violation]:
    found, strange = fault(statement, binding.document), odd(statement)
    if found is None and strange is not None:
        yield _advice(subject, binding, statement, strange)
    elif found is not None and (left.opened or not _on_purpose(statement, found)):
        closed = not left.opened and bearers.closed(binding, statement, found)
        yield _faulty(subject, binding, statement, found, left, "low" if closed else SEVERITY)


def _on_purpose(statement: Statement, found: Fault) -> bool:
    """Whether it allows something without MFA alone: the enrolment of a first device, perhaps."""
    return statement.effect == "Allow" and found.inverted


def _faulty(
    subject: Subject, binding: Binding, statement: Statement, found: Fault, left: Left, severity: Severity
) -> Violation:
    misses = "misses" if statement.effect == "Deny" else "lets in"
    turned = ", and denies those with it" if found.inverted and statement.effect == "Deny" else ""
    opened = left.opened
    return Violation(
        condition_place(binding, statement, found.condition),
        f"the MFA condition {misses} {_MISSED[found.open]}{turned}",
        "critical" if opened and left.consequence is ACT else severity,
        everybody(subject, opened),
        reason(subject, opened) if opened else _why(binding, statement, found),
        fix(binding, statement, found.condition, subject.texts),
        left.consequence if opened else None,
        about=_about(binding, statement),
    )


def _why(binding: Binding, statement: Statement, found: Fault) -> tuple[Line, ...]:
    """What the condition comes to in each session that it should have told apart."""
    place = condition_place(binding, statement, found.condition)
    does = "does not apply" if statement.effect == "Deny" else "applies"
    told = (f"{in_words(kind)}, {holding(found.condition, kind)}" for kind in found.open)
    return tuple(Line(f"{named(binding, statement)} {does} {one}", place) for one in told)


def _advice(subject: Subject, binding: Binding, statement: Statement, strange: Condition) -> Violation:
    place = condition_place(binding, statement, strange)
    better = repaired(statement, strange)
    return Violation(
        place,
        f"{strange.name} on {strange.spelling or strange.key} holds, but is not what asks for MFA",
        "low",
        (),
        (Line(f"{better.name} says the same of every session, and is what AWS documents", place),),
        fix(binding, statement, strange, subject.texts),
        about=_about(binding, statement),
    )


def _about(binding: Binding, statement: Statement) -> str:
    return f"{binding.policy.address or binding.label} {statement.name}"
