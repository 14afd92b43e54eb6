"""What weakens the trust of a sudo role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mutation.editing import Edit, Files, Mutation, argument, block, both, changed, dropped, marked, put
from mutation.gate import AGE, PRESENT

CONDITIONS = (
    ("BoolIfExists", PRESENT, "true"),
    ("ForAllValues:Bool", PRESENT, "true"),
    ("StringEqualsIfExists", PRESENT, "true"),
    ("StringNotEquals", PRESENT, "false"),
    ("Bool", PRESENT, "false"),
    ("Null", PRESENT, "false"),
    ("Null", AGE, "true"),
    ("NumericLessThanIfExists", AGE, "3600"),
)
TOO_WIDE = ("arn:aws:iam::210987654321:root", "210987654321", "arn:aws:iam::210987654321:user/mallory")


@dataclass(frozen=True)
class Trust:
    """Where the trust of a sudo role is written."""

    file: str
    document: str

    def edits(self, edit: Edit) -> Edit:
        """An edit of its statement."""
        return block(self.document, block("statement", edit))


def weakened(files: Files, trust: Trust) -> Iterator[Mutation]:
    """All of it."""
    for name, edit in (*_conditions(), *_principals()):
        yield Mutation(name, changed(files, {trust.file: trust.edits(edit)}))
    # The other role is one of those who may enter now: an administrator, whose own trust asks for nothing.
    marks = {trust.file: trust.edits(_letting_in("*")), "house.tf": put("ent = [{", "ent = [{ # ! IAM003 critical")}
    yield Mutation("trust: * without condition", changed(files, marks))


def _conditions() -> Iterator[tuple[str, Edit]]:
    for test, variable, value in CONDITIONS:
        new = both(
            argument("test", f'"{test}"', "IAM004 critical"),
            argument("variable", f'"{variable}"'),
            argument("values", f'["{value}"]'),
        )
        yield f'trust: {test} {variable} "{value}"', block("condition", new)
    yield "trust: no condition", both(block("condition", dropped), marked("statement", "IAM003 critical"))


def _principals() -> Iterator[tuple[str, Edit]]:
    for principal in TOO_WIDE:
        yield f"trust: {principal} without condition", _letting_in(principal)


def _letting_in(principal: str) -> Edit:
    return both(
        block("condition", dropped),
        block("principals", argument("identifiers", f'["{principal}"]')),
        marked("statement", "IAM013 critical"),
    )
