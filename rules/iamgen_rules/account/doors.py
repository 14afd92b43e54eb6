"""Which roles somebody may conceivably enter, found without asking about every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.account.trust import trusted_types
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.text import Text


@dataclass(frozen=True, eq=False, slots=True)
class Door:
    """Roles that nothing tells apart for those who enter them: whoever may enter one may enter all.

    `some` are a few of those that are alike in all else, too.
    """

    roles: tuple[Role, ...]
    some: tuple[Role, ...]


class Doors:
    """The roles that trust some user or role, by what their trust and others' policies say."""

    def __init__(self, told: Iterable[tuple[str, Role, Hashable]], distinct: Iterable[Role]) -> None:
        """`told` has each role's ARN and what tells it from others for those who enter; `distinct` a few of each."""
        groups: dict[Hashable, list[tuple[str, Role]]] = defaultdict(list)
        for arn, role, seen in told:
            groups[seen].append((arn, role))
        self.of: dict[str, Door] = {}
        self._by_arn: dict[str, Door] = {}
        self._named: dict[str, list[Door]] = defaultdict(list)
        self._sessions: dict[str, list[Door]] = defaultdict(list)
        self._wide: list[Door] = []
        self._all: list[Door] = []
        names = {role.name for role in distinct}
        for group in groups.values():
            self._add(group, names)

    def _add(self, group: list[tuple[str, Role]], distinct: set[str]) -> None:
        roles = tuple(role for _, role in group)
        door = Door(roles, tuple(role for role in roles if role.name in distinct))
        self.of |= dict.fromkeys((role.name for role in roles), door)
        if "AWS" in trusted_types(roles[0].trust):
            self._all.append(door)
            self._by_arn |= dict.fromkeys((arn for arn, _ in group), door)
            self._read(door, roles[0].trust)

    def _read(self, door: Door, trust: Document) -> None:
        principals = {one for statement in trust.statements for one in statement.principals if one.type in ("AWS", "*")}
        for value in sorted({one.value for one in principals}, key=str):
            if isinstance(value, str) and ":assumed-role/" in value:
                self._sessions[value.split("/")[1]].append(door)
            elif isinstance(value, str) and value != "*":
                self._named[value].append(door)
            else:
                self._wide.append(door)

    def open_to(self, ref: Ref, arn: str, documents: Iterable[Document]) -> tuple[Door, ...]:
        """The doors that somebody may be able to use who has these policies and this ARN."""
        sessions = self._sessions.get(ref.name, ()) if ref.kind == "role" else ()
        return tuple(dict.fromkeys((*self._named.get(arn, ()), *sessions, *self._wide, *self._by_rights(documents))))

    def _by_rights(self, documents: Iterable[Document]) -> Iterator[Door]:
        for document in documents:
            if document.missing:
                yield from self._all
            for statement in document.statements:
                if statement.effect == "Allow" and bears_on(statement, ASSUME):
                    values = statement.resources.values
                    yield from self._all if statement.resources.inverted else self._matching(values)

    def _matching(self, values: Iterable[Text]) -> Iterator[Door]:
        for value in values:
            if isinstance(value, str) and not any(mark in value for mark in "*?$"):
                if value in self._by_arn:
                    yield self._by_arn[value]
            else:
                yield from self._all
