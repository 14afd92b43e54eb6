"""What is answered of one principal, as data; `why.text` and `why.json` show all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from iamgen_rules.account.calls import Call
from iamgen_rules.account.verdict import Judgement
from iamgen_rules.errors import Problem
from iamgen_rules.policy.document import Effect
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import Truth
from iamgen_rules.rule import Line
from iamgen_rules.source import Place
from iamgen_rules.subject import Who

Capability = Literal["administrator", "full", "power", "path", "enter", "enrol"]


class Cell(NamedTuple):
    """Whether one session has a capability, and the calls that show it."""

    truth: Truth
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A capability in each session. `of` is which: a path's id, the address of a role; `label` tells it to people."""

    capability: Capability
    label: str
    cells: Mapping[Kind, Cell]
    of: str = ""


class Applies(NamedTuple):
    """Whether a statement applies in a session, and if not surely, why."""

    truth: Truth
    because: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that bears on what was asked: by name, its policy's name, where it stands, and what puts it in force.

    `gate`: it asks for MFA. `elsewhere`: it is about other actions than any that was asked.
    """

    effect: Effect
    name: str
    policy: str
    place: Place
    chain: Line
    gate: bool
    boundary: bool
    sessions: Mapping[Kind, Applies]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question in one session: the call as it does best, and the statements that bear on it.

    `chosen` are the condition keys that the caller chooses; `through` whom it has make the call, if not itself;
    `refused`: AWS refuses the call to such sessions, whatever the policies.
    """

    kind: Kind
    allowed: Truth
    resource: str
    chosen: tuple[str, ...]
    through: str
    refused: bool
    statements: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One call, asked in each session; no `resource`: on anything at all."""

    action: str
    resource: str | None
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said of one principal. `provider` tells accounts of one root apart.

    `meaning` has the verdict in words. With a `question` there is nothing else to say.
    """

    who: Who
    provider: str
    judgement: Judgement
    meaning: str
    sessions: tuple[Kind, ...]
    rows: tuple[Row, ...] = ()
    statements: tuple[Said, ...] = ()
    proof: tuple[Line, ...] = ()
    question: Question | None = None

    @property
    def unknowns(self) -> tuple[str, ...]:
        """What would decide, by name."""
        missing = set(self.judgement.unknowns)
        for row in self.rows:
            for cell in row.cells.values():
                missing |= cell.truth.missing if cell.truth.is_unknown else frozenset()
        for reply in self.question.replies if self.question else ():
            missing |= reply.allowed.missing if reply.allowed.is_unknown else frozenset()
        return tuple(sorted(missing))


@dataclass(frozen=True, slots=True)
class Answers:
    """Everybody who is meant, and what could not be read."""

    answers: tuple[Answer, ...]
    errors: tuple[Problem, ...] = ()
    uninstalled: tuple[str, ...] = ()
