"""Two resources own one attachment or membership: what one says, the other takes away.

## Why

An exclusive resource (`aws_iam_policy_attachment`, `aws_iam_group_membership`, the `_exclusive` ones,
`managed_policy_arns` and `inline_policy` of a role) takes away whatever it does not list, on every apply. Where another
resource says that it is there, the two undo each other in turn, and whether a gate is in force depends on which of them
ran last. iamgen counts what allows and does not count what denies.

## Fails

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_policy_attachment" "read" {
  name       = "read"
  users      = [aws_iam_user.alice.name]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user_policy_attachment" "bob" {
  user       = aws_iam_user.bob.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess" # ! IAM014
}
```

## Passes

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_policy_attachment" "read" {
  for_each   = toset([aws_iam_user.alice.name, aws_iam_user.bob.name])
  user       = each.value
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
```

## Fix

Keep one of the two: list it in the exclusive resource as well, or replace that by resources that add one attachment
each.

## References

- [Resource: aws_iam_policy_attachment](https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_policy_attachment.html.markdown)
- [Resource: aws_iam_group_membership](https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_group_membership.html.markdown)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamgen_rules.account.building.facts import Relation
from iamgen_rules.account.from_resources import Contested
from iamgen_rules.gates.naming import at
from iamgen_rules.rule import Fix, Line, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM014"
SEVERITY: Severity = "medium"
_SAID: Mapping[Relation, str] = {
    "attached": "{thing} is attached to {holder}",
    "inline": "{holder} has the inline policy {thing}",
    "group": "{holder} is a member of group {thing}",
}


def find(subject: Subject) -> Iterator[Violation]:
    """Whatever an exclusive owner takes away from what another resource says."""
    yield from (_violation(subject, one) for one in subject.built.contested)


def _violation(subject: Subject, one: Contested) -> Violation:
    thing = one.thing.rpartition("/")[2] if one.relation == "attached" else one.thing
    said = _SAID[one.relation].format(thing=thing, holder=one.holder)
    owner = one.owner.address or "another resource"
    return Violation(
        one.place,
        f"two resources disagree on {_WHAT[one.relation]}: one of them takes away what the other says",
        SEVERITY,
        (subject.who(one.holder),),
        (Line(f"{said}{at(one.place)}", one.place), Line(f"{owner}{at(one.owner)} does not list it", one.owner)),
        Fix("list it there too, or keep one of the two", one.owner),
        about=f"{one.place.address or one.owner.address} {one.holder} {one.thing}",
    )


_WHAT: Mapping[Relation, str] = {
    "attached": "an attachment",
    "inline": "an inline policy",
    "group": "a membership",
}
