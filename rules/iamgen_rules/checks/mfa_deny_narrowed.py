"""A Deny that asks for MFA leaves a way around: a condition that the caller may choose, or resources, or actions.

## Why

All conditions of a statement have to be met. A Deny for requests without MFA *to one region* is no Deny for requests to
another, and the caller chooses the region, the source address of a proxy, the user agent. A Deny on some resources, or
on some actions, says nothing of the others. A Deny on some actions may be meant so: it is reported only where an
administrator is left open through it.

## Fails

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

    condition {
      test     = "StringEquals" # ! IAM005
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1"]
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

Take the condition away, and say `"*"` for the resources. `aws:ViaAWSService` `"false"` may stay: the caller cannot
choose it, as long as nothing but IAM itself can make calls for the caller.

## References

- [Conditions with multiple context keys or values](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html)
- [AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.binding import Binding
from iamgen_rules.gates.bearers import Bearers
from iamgen_rules.gates.causes import Open
from iamgen_rules.gates.faults import fault
from iamgen_rules.gates.naming import named
from iamgen_rules.gates.narrowing import Narrowing, narrowings, of_element, of_part
from iamgen_rules.gates.open import POWER, administrators, by_statement, everybody, key, of_power, policies, reason
from iamgen_rules.gates.statements import is_blanket, is_gate
from iamgen_rules.policy.document import Statement
from iamgen_rules.rule import ACT, Consequence, Fix, Line, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM005"
SEVERITY: Severity = "high"


def find(subject: Subject) -> Iterator[Violation]:
    """Gates that are narrowed, where that leaves somebody open; and gates of every action that somebody could avoid."""
    opened = by_statement(administrators(subject, "narrowed", "partial"))
    of_some_power = by_statement(of_power(subject, "narrowed"))
    for some in opened.values():
        yield _leaving(subject, some, "critical", ACT)
    for some in of_some_power.values():
        yield _leaving(subject, some, SEVERITY, POWER)
    bearers = Bearers(subject)
    for binding in policies(subject):
        for statement in binding.document.statements:
            told = key(binding, statement) in opened or key(binding, statement) in of_some_power
            if not told and _could_hold(binding, statement) and not bearers.only_roles(binding):
                yield from _avoidable(subject, binding, statement, bearers)


def _could_hold(binding: Binding, statement: Statement) -> bool:
    """A Deny of every action whose MFA conditions hold."""
    blanket = is_gate(statement) and is_blanket(statement) and binding.how != "trust"
    return blanket and not statement.missing and fault(statement, binding.document) is None


def _leaving(subject: Subject, opened: list[Open], severity: Severity, consequence: Consequence) -> Violation:
    cause = opened[0].cause
    step, part = cause.step, None
    for ground in () if step is None else step.denies:
        if ground.binding.name == cause.binding.name and ground.cited.statement == cause.statement:
            part = ground.cited.because
    found = of_part(cause.binding, cause.statement, part)
    if cause.how == "partial":
        found = of_element(cause.binding, cause.statement, "Action")
    lines = reason(subject, opened)
    people = everybody(subject, opened)
    return Violation(
        found.place,
        f"the Deny without MFA {found.words}",
        severity,
        people,
        lines,
        _fix(found),
        consequence,
        about=_about(cause.binding, cause.statement),
    )


def _avoidable(subject: Subject, binding: Binding, statement: Statement, bearers: Bearers) -> Iterator[Violation]:
    for found in narrowings(binding, statement, subject.now):
        if not bearers.covered(binding, statement):
            line = f"{named(binding, statement)} does not apply to a request that avoids it"
            yield Violation(
                found.place,
                f"the Deny without MFA {found.words}",
                SEVERITY,
                (),
                (Line(line, found.place),),
                _fix(found),
                about=_about(binding, statement),
            )


def _fix(found: Narrowing) -> Fix:
    if found.condition is not None:
        return Fix("take this condition out of the Deny", found.place)
    about = "every action but what enrolment needs" if "actions" in found.words else "every resource"
    return Fix(f"have the Deny cover {about}", found.place)


def _about(binding: Binding, statement: Statement) -> str:
    return f"{binding.policy.address or binding.label} {statement.name}"
