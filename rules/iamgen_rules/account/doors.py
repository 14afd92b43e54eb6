"""Which roles somebody may conceivably enter, found without asking about every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.account.trust import trusted_types
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.text import Text


class Doors:
    """The roles that trust some user or role, by what their trust and others' policies say."""

    def __init__(self, by_arn: dict[str, Role], distinct: tuple[Role, ...]) -> None:
        """Read every trust policy once."""
        self._by_arn = {arn: role for arn, role in by_arn.items() if "AWS" in trusted_types(role.trust)}
        self._distinct = tuple(role for role in distinct if "AWS" in trusted_types(role.trust))
        self._named: dict[str, list[Role]] = defaultdict(list)
        self._sessions: dict[str, list[Role]] = defaultdict(list)
        self._wide: list[Role] = []
        for role in self._by_arn.values():
            self._read(role)

    def _read(self, role: Role) -> None:
        values = {one.value for statement in role.trust.statements for one in statement.principals if one.type == "AWS"}
        for value in sorted(values, key=str):
            if isinstance(value, str) and ":assumed-role/" in value:
                self._sessions[value.split("/")[1]].append(role)
            elif isinstance(value, str) and value != "*":
                self._named[value].append(role)
            elif role in self._distinct:
                self._wide.append(role)

    def open_to(self, ref: Ref, arn: str, documents: tuple[Document, ...]) -> tuple[Role, ...]:
        """Roles that somebody may be able to enter who has these policies and this ARN."""
        found: dict[str, Role] = {}
        sessions = self._sessions.get(ref.name, ()) if ref.kind == "role" else ()
        for role in (*self._named.get(arn, ()), *sessions, *self._wide, *self._by_rights(documents)):
            if ref != ("role", role.name):
                found.setdefault(role.name, role)
        return tuple(found.values())

    def _by_rights(self, documents: tuple[Document, ...]) -> Iterator[Role]:
        for document in documents:
            if document.missing:
                yield from self._distinct
            for statement in document.statements:
                if statement.effect == "Allow" and bears_on(statement, ASSUME):
                    values = statement.resources.values
                    yield from self._distinct if statement.resources.inverted else self._matching(values)

    def _matching(self, values: tuple[Text, ...]) -> Iterator[Role]:
        for value in values:
            if isinstance(value, str) and not any(mark in value for mark in "*?$"):
                if value in self._by_arn:
                    yield self._by_arn[value]
            else:
                yield from self._distinct
