"""What a rule is, and what it says: a violation at its cause, with the principals that it leaves open.

A rule is a module of `checks`: its file's name is the rule's name, its docstring the rule's page. It defines
`CODE`, `SEVERITY` and `find(subject)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from iamgen_rules.source import Place

if TYPE_CHECKING:
    from iamgen_rules.subject import Subject
    from iamgen_rules.who import Who

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")


class Line(NamedTuple):
    """One line of a reason, and where the fact in it stands."""

    text: str
    place: Place | None = None


class Edit(NamedTuple):
    """A change of a text: characters `start` to `end` (offsets from 0) of the document become `new`."""

    document: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do, where; `edits` where a change of text at one place does it."""

    text: str
    place: Place
    edits: tuple[Edit, ...] = ()


class Consequence(NamedTuple):
    """What follows for the principals of a violation, for one and for many: `administrator acts without MFA`."""

    one: str
    many: str

    def of(self, number: int) -> str:
        """`2 administrators act without MFA`."""
        return f"1 {self.one}" if number == 1 else f"{number} {self.many}"


ACT = Consequence("administrator acts without MFA", "administrators act without MFA")


@dataclass(frozen=True, slots=True)
class Violation:
    """A cause (`place`), what is wrong in words that fit all whom it leaves open, and whom that is.

    A rule yields one for each principal and cause, or for several principals at once; those of one rule at one place
    become one finding: its principals are those of all, its reason and fix those of the first of the worst severity.
    `message` is in lower case, without a full stop. `principals` are all that it leaves open, the one of the reason
    first; a group's members too. `about` is what the finding is about, for its fingerprint: the address of the resource
    and the statement's name, nothing that moves with the lines. `group` is whose grant the cause is, if it is a
    group's: whoever silences the group there has accepted what its members can do by it.
    """

    place: Place
    message: str
    severity: Severity
    principals: tuple[Who, ...] = ()
    reason: tuple[Line, ...] = ()
    fix: Fix | None = None
    consequence: Consequence | None = None
    about: str = ""
    group: Who | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `IAM004`, `mfa-condition-misses-sessions`, the severity that it has in the catalogue, its page."""

    code: str
    name: str
    severity: Severity
    page: str
    find: Callable[[Subject], Iterator[Violation]]
