"""Which roles somebody may conceivably enter, found without asking about every pair."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from iamgen_rules.account.beginnings import last_name
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.account.trust import trusted_types
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.wildcard import SEGMENT_ENDS

_MARK = re.compile(r"[*?$}]")  # of wildcards and variables
_USER_OR_ROLE = re.compile(r":(?:user|role|assumed-role)/")


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
        self._by_name: dict[str, list[Door]] = defaultdict(list)
        self._named: dict[str, list[Door]] = defaultdict(list)
        self._sessions: dict[str, list[Door]] = defaultdict(list)
        self._wide: list[Door] = []
        self._delegating: list[Door] = []
        self._trusting: list[Door] = []
        names = {role.name for role in distinct}
        for group in groups.values():
            self._add(group, names)

    def _add(self, group: list[tuple[str, Role]], distinct: set[str]) -> None:
        roles = tuple(role for _, role in group)
        door = Door(roles, tuple(role for role in roles if role.name in distinct))
        self.of |= dict.fromkeys((role.name for role in roles), door)
        if "AWS" in trusted_types(roles[0].trust):
            principals = [one for statement in roles[0].trust.statements for one in statement.principals]
            values = {one.value for one in principals if one.type in ("AWS", "*")}
            self._trusting.append(door)
            self._read(door, values)
            if roles[0].trust.missing or any(map(_delegates, values)):
                self._add_for_all(door, [arn for arn, _ in group])

    def _add_for_all(self, door: Door, arns: list[str]) -> None:
        """Who is not named needs rights of its own, and gets in by them."""
        self._delegating.append(door)
        self._by_arn |= dict.fromkeys(arns, door)
        for arn in arns:
            self._by_name[last_name(arn)].append(door)

    def _read(self, door: Door, values: Iterable[Text]) -> None:
        for value in sorted(values, key=str):
            if isinstance(value, str) and ":assumed-role/" in value:
                self._sessions[value.split("/")[1]].append(door)
            elif isinstance(value, str) and value != "*":
                self._named[value].append(door)
            else:
                self._wide.append(door)

    @property
    def all(self) -> tuple[Door, ...]:
        """The doors of all roles that trust some user or role."""
        return tuple(self._trusting)

    def open_to(self, ref: Ref, arn: str, documents: Iterable[Document]) -> tuple[Door, ...]:
        """The doors that somebody may be able to use who has these policies and this ARN."""
        sessions = self._sessions.get(ref.name, ()) if ref.kind == "role" else ()
        return tuple(dict.fromkeys((*self._named.get(arn, ()), *sessions, *self._wide, *self._by_rights(documents))))

    def _by_rights(self, documents: Iterable[Document]) -> Iterator[Door]:
        for document in documents:
            if document.missing:
                yield from self._delegating
            for statement in document.statements:
                if statement.effect == "Allow" and bears_on(statement, ASSUME):
                    values = statement.resources.values
                    yield from self._delegating if statement.resources.inverted else self._matching(values)

    def _matching(self, values: Iterable[Text]) -> Iterator[Door]:
        for value in values:
            if not isinstance(value, str):
                yield from self._delegating
            elif not _MARK.search(value):
                if value in self._by_arn:
                    yield self._by_arn[value]
            elif (name := _name_in(value)) is not None:
                yield from self._by_name.get(name, ())
            else:
                yield from self._beginning(_MARK.split(value, maxsplit=1)[0])

    def _beginning(self, letters: str) -> Iterator[Door]:
        for arn in islice(self._arns, bisect_left(self._arns, letters), None):
            if not arn.startswith(letters):
                break
            yield self._by_arn[arn]

    @cached_property
    def _arns(self) -> list[str]:
        return sorted(self._by_arn)


def _delegates(principal: Text) -> bool:
    """Whether it may be an account, whose own policies then say who enters: not a user or role by its ARN."""
    return not isinstance(principal, str) or not _USER_OR_ROLE.search(principal)


def _name_in(pattern: str) -> str | None:
    """The name that every ARN ends with that a pattern matches: what stands behind its last slash."""
    name = last_name(pattern)
    whole = "/" in pattern and pattern.count(":") >= SEGMENT_ENDS
    return name if whole and not _MARK.search(name) else None
