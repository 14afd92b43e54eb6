"""How reports call places and principals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from iamgen_rules.engine.report import Broken, Principal, Report
from iamgen_rules.errors import Problem
from iamgen_rules.source import Place

if TYPE_CHECKING:
    from iamgen_rules.account.model import Kind
    from iamgen_rules.who import Who


def at(place: Place) -> str:
    """`mfa.tf:41`; of what has no line the document and the address in it; empty for nowhere."""
    if place.span is not None:
        return f"{place.document}:{place.span.line}"
    return ": ".join(part for part in (place.document, place.address) if part)


def called(kind: Kind, name: str) -> str:
    """`alice`, `group admins`, `role Ops`."""
    return name if kind == "user" else f"{kind} {name}"


class Names(NamedTuple):
    """How principals are called: of several roots with the root before the name."""

    qualified: bool

    def of(self, one: Who | Principal) -> str:
        """`alice`, `prod: group admins`."""
        name = called(one.kind, one.name)
        return f"{one.root}: {name}" if self.qualified else name

    def placed(self, one: Who | Principal) -> str:
        """`alice (users.tf:3)`."""
        where = at(one.place)
        return f"{self.of(one)} ({where})" if where else self.of(one)


def names(report: Report) -> Names:
    """How a report calls principals."""
    return Names(len(report.roots) > 1)


def some(shown: Sequence[str], number: int) -> str:
    """`a, b and 7 more`: those that are shown, of so many."""
    listed = ", ".join(shown)
    return listed if len(shown) >= number else f"{listed} and {number - len(shown)} more"


def said(problem: Problem) -> str:
    """What is wrong, after the address of what it is wrong with."""
    return ": ".join(part for part in (problem.place.address, problem.message) if part)


def failed(bug: Broken) -> str:
    """`IAM004 mfa-condition-misses-sessions failed: ValueError: … (checks/…py:12)`."""
    who = " ".join(part for part in (bug.code, bug.name) if part)
    return f"{who} failed: {bug.said} ({bug.at})"
