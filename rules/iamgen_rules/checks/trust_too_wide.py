"""The trust policy of an administrator role lets in anybody, or another account, without MFA.

## Why

A trust policy that names `*` is open to every AWS account there is: to enter, the caller needs rights in an account of
their own, which they give themselves. One that names another account leaves to that account who enters, and with what:
an access key without MFA is enough. An external ID keeps a service from being confused; it is no secret, and no second
factor.

## Fails

```hcl
resource "aws_iam_role" "partner" {
  name = "partner"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! IAM013
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:root"] }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "partner" {
  role       = aws_iam_role.partner.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```

## Passes

```hcl
resource "aws_iam_role" "partner" {
  name = "partner"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:root"] }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "partner" {
  role       = aws_iam_role.partner.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```

## Fix

Name who may enter, and ask for MFA: `Bool` `aws:MultiFactorAuthPresent` "true". For a program, which has no MFA, grant
the role less.

## References

- [AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
- [Cross-account policy evaluation logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html)
- [The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.binding import Binding, trust_of
from iamgen_rules.account.entries import Entry
from iamgen_rules.account.model import Ref
from iamgen_rules.gates.faults import fault
from iamgen_rules.gates.naming import at, named
from iamgen_rules.gates.open import administrators, by_statement, everybody, key
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.text import Text
from iamgen_rules.rule import ACT, Consequence, Fix, Line, Severity, Violation
from iamgen_rules.subject import Subject, Who

CODE = "IAM013"
SEVERITY: Severity = "critical"
_OPEN = Consequence("administrator role is open", "administrator roles are open")


def find(subject: Subject) -> Iterator[Violation]:
    """Trust statements of administrator roles that let in somebody from outside without MFA, by design."""
    inside = by_statement(one for one in administrators(subject, "foreign") if one.ref.kind != "role")
    for role in subject.account.roles:
        judgement = subject.judgements[Ref("role", role.name)]
        trust = trust_of(role)
        if judgement.verdict == "ungated":
            for statement, entries in _foreign(judgement.entries, trust).items():
                own = everybody(subject, inside.get(key(trust, statement), ()))
                yield _violation((subject.who(judgement.ref), *own), trust, statement, entries)


def _foreign(entries: tuple[Entry, ...], trust: Binding) -> dict[Statement, list[Entry]]:
    """Open entries from outside, by statement; one whose MFA condition fails is meant to ask for it."""
    found: dict[Statement, list[Entry]] = {}
    for entry in entries:
        if entry.foreign and entry.open.is_yes and fault(entry.statement, trust.document) is None:
            found.setdefault(entry.statement, []).append(entry)
    return found


def _violation(people: tuple[Who, ...], trust: Binding, statement: Statement, entries: list[Entry]) -> Violation:
    place = trust.place_of(statement)
    whom = " and ".join(dict.fromkeys(_called(entry.principal.value) for entry in entries))
    unless = "its conditions do not ask for MFA" if statement.conditions else "it has no condition"
    return Violation(
        place,
        f"the trust policy lets in {whom} without MFA",
        SEVERITY,
        people,
        (Line(f"{named(trust, statement)}{at(place)} lets in {whom}; {unless}", place),),
        Fix('name who may enter, and ask for MFA: Bool aws:MultiFactorAuthPresent "true"', place),
        ACT if people[1:] else _OPEN,
        about=f"{people[0].address} {statement.name}",
    )


def _called(principal: Text) -> str:
    """`anybody`, `account 444455556666`, or who it is by the ARN."""
    text = principal if isinstance(principal, str) else "somebody who is not known"
    account = text.removesuffix(":root").rpartition(":")[2]
    if text == "*":
        return "anybody"
    return f"account {account}" if account.isdigit() else text
