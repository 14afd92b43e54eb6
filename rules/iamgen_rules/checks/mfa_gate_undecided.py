"""An administrator's MFA depends on a value that only the apply knows.

## Why

What is not known may be the gate, or the hole in it. iamgen takes it for neither, and names the value that would
decide. Of whom not even the rights are known, only the summary speaks.

## Fails

```hcl
variable "enforce_mfa" {}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "mfa" {
  count = var.enforce_mfa ? 1 : 0
  user  = aws_iam_user.alice.name
  policy = jsonencode({ # ! IAM016
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Passes

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "mfa" {
  user = aws_iam_user.alice.name
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
```

## Fix

Give the value: `--var`, a `*.tfvars` file, or `var_files` of the root in `iamgen.yaml`. Declare the policy that a data
source looks up, or lint the plan: `terraform show -json plan.out | iamgen lint -`.

## References

- [Policy evaluation logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
- [Input Variables](https://developer.hashicorp.com/terraform/language/values/variables)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from iamgen_rules.account.binding import Binding, trust_of
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.gates.rights import is_administrator
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.text import missing_of
from iamgen_rules.rule import Consequence, Fix, Line, Severity, Violation
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

CODE = "IAM016"
SEVERITY: Severity = "medium"
_UNDECIDED = Consequence("administrator is undecided", "administrators are undecided")
_NO_NAME = "more than can be tried"


@dataclass(frozen=True, slots=True)
class _Waiting:
    names: list[str] = field(default_factory=list)
    refs: dict[Ref, None] = field(default_factory=dict)


def find(subject: Subject) -> Iterator[Violation]:
    """Administrators whose gate is not known: where each value that is missing is used first."""
    found: dict[Place, _Waiting] = {}
    for name, refs in _waiting(subject).items():
        place = next((used for ref in refs if (used := _used(subject, ref, name))), subject.who(refs[0]).place)
        at = found.setdefault(place, _Waiting())
        at.names.append(name)
        at.refs.update(dict.fromkeys(refs))
    yield from (_violation(subject, place, one) for place, one in found.items())


def _waiting(subject: Subject) -> Mapping[str, list[Ref]]:
    """The undecided administrators by what is missing."""
    found: dict[str, list[Ref]] = {}
    for ref, judgement in subject.judgements.items():
        if judgement.verdict == "undecided" and is_administrator(subject, ref):
            for name in sorted(judgement.unknowns) or [_NO_NAME]:
                found.setdefault(name, []).append(ref)
    return found


def _violation(subject: Subject, place: Place, waiting: _Waiting) -> Violation:
    people = tuple(subject.who(ref) for ref in waiting.refs)
    names = " and ".join(waiting.names)
    are = "which are not known" if waiting.names[1:] else "which is not known"
    return Violation(
        place,
        f"whether MFA is enforced depends on {names}, {are}",
        SEVERITY,
        people,
        (
            Line(
                f"{people[0].kind} {people[0].name} is an administrator, perhaps without MFA: {names} would decide",
                place,
            ),
        ),
        Fix("; ".join(dict.fromkeys(map(_fix, waiting.names))), place),
        _UNDECIDED,
        about=names,
    )


def _used(subject: Subject, ref: Ref, name: str) -> Place | None:
    """What of a principal depends on it: an attachment or policy that is there perhaps, or a statement."""
    principal = subject.principal(ref)
    bindings = list(subject.judge.index.bindings(ref, NO_EDITS))
    bindings += [trust_of(principal)] if isinstance(principal, Role) else []
    return next((found for binding in bindings if (found := _of(binding, name))), None)


def _of(binding: Binding, name: str) -> Place | None:
    if name in binding.doubts:
        return binding.place
    statements = (one for one in binding.document.statements if name in _missing(one))
    return next((binding.place_of(one) for one in statements), None)


def _missing(statement: Statement) -> frozenset[str]:
    """What is not known of a statement, or of a part of it."""
    texts = [*statement.actions.values, *statement.resources.values, *(one.value for one in statement.principals)]
    texts += [value for condition in statement.conditions for value in condition.values]
    return statement.missing.union(*map(missing_of, texts))


def _fix(name: str) -> str:
    if name.startswith("var."):
        return f"give {name} a value: --var {name.removeprefix('var.')}=VALUE, or a *.tfvars file"
    return "declare here what it stands for, or lint the plan"
