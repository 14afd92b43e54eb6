"""Which statements bear on which actions, decided once for each document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from iamgen_rules.account import facts
from iamgen_rules.account.paths import compute_paths
from iamgen_rules.policy.ask import FORWARDING
from iamgen_rules.policy.document import Document, Statement
from iamgen_rules.policy.escalation import outside_the_gate
from iamgen_rules.policy.pattern import parse
from iamgen_rules.policy.text import Text, Unknown
from iamgen_rules.policy.wildcard import Wild, match

_YES = 2


@cache
def fits(value: Text, action: str) -> int:
    """How surely an action pattern matches: 0, 1 or 2."""
    tokens = [token for token in parse(value, variables=False) if isinstance(token, str | Wild | Unknown)]
    return match([token.lower() if isinstance(token, str) else token for token in tokens], action.lower()).level


def bears_on(statement: Statement, action: str) -> bool:
    """Whether a statement can apply to the action."""
    matched = (fits(value, action) for value in statement.actions.values)
    if statement.actions.inverted:
        return not any(level == _YES for level in matched)
    return any(level > 0 for level in matched)


class Narrowed:
    """Documents with only the statements that bear on an action."""

    def __init__(self, *, compute: bool) -> None:
        """Nothing is known yet; documents are told apart by identity, and kept so that it stays theirs.

        `compute`: whether any is declared that could be taken over.
        """
        self._useful = useful(compute=compute)
        self._kept: dict[tuple[int, str], tuple[Document, Document | None]] = {}
        self._relevant: dict[int, tuple[Document, bool, bool]] = {}

    def to(self, document: Document, action: str) -> Document | None:
        """The document as far as it bears on the action; None where it does not."""
        key = (id(document), action)
        if key not in self._kept:
            kept = tuple(one for one in document.statements if bears_on(one, action))
            found = replace(document, statements=kept) if kept or document.missing else None
            self._kept[key] = (document, found)
        return self._kept[key][1]

    def relevant(self, document: Document) -> bool:
        """Whether it bears on any action that an attacker could use."""
        return self._about(document)[1]

    def potent(self, document: Document) -> bool:
        """Whether it allows such an action, entering roles aside."""
        return self._about(document)[2]

    def _about(self, document: Document) -> tuple[Document, bool, bool]:
        if id(document) not in self._relevant:
            self._relevant[id(document)] = (
                document,
                _relevant(document, self._useful),
                _potent(document, self._useful),
            )
        return self._relevant[id(document)]


def _relevant(document: Document, actions: frozenset[str]) -> bool:
    return bool(document.missing) or any(
        bears_on(statement, action) for statement in document.statements for action in actions
    )


def _potent(document: Document, actions: frozenset[str]) -> bool:
    return bool(document.missing) or any(
        bears_on(statement, action)
        for statement in document.statements
        if statement.effect == "Allow"
        for action in actions
        if action != facts.ASSUME
    )


@cache
def useful(*, compute: bool) -> frozenset[str]:
    """Every action that an attacker could use, where there is compute to be taken over or not."""
    return frozenset(_useful(compute))


def _useful(compute: bool) -> Iterator[str]:
    for by_kind in (facts.ATTACH, facts.PUT, facts.DETACH, facts.DELETE):
        yield from by_kind.values()
    for several in (*facts.DROP_BOUNDARY.values(), *facts.TAG.values(), *FORWARDING, *outside_the_gate()):
        yield from several
    for path in compute_paths():
        if compute or not path.existing:
            yield from path.actions
    yield from (*facts.REWRITE, facts.RENAME, *facts.TAKEOVER, facts.CREATE_DEVICE, facts.ENABLE_DEVICE)
    yield from (facts.PROBE, facts.JOIN, facts.LEAVE, facts.OPEN, facts.ASSUME, facts.FEDERATE, facts.UPDATE_SAML)
