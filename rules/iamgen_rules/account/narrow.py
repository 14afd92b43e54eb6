"""Which statements bear on which actions, decided once for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from iamgen_rules.account import facts
from iamgen_rules.account.paths import compute_paths
from iamgen_rules.policy.ask import FORWARDING
from iamgen_rules.policy.document import Document, Statement
from iamgen_rules.policy.escalation import outside_the_gate
from iamgen_rules.policy.pattern import lowered, parse
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.text import Text, parts_of
from iamgen_rules.policy.truth import Truth
from iamgen_rules.policy.wildcard import match


class _Fitting(NamedTuple):
    """Actions that a pattern matches, perhaps or for sure."""

    perhaps: frozenset[str]
    surely: frozenset[str]


@lru_cache(maxsize=65536)
def _fits(value: Text, action: str) -> Truth:
    tokens = lowered(parse(value, variables=False))
    return match(tokens, action.lower())


@lru_cache(maxsize=65536)
def _fitting(value: Text) -> _Fitting:
    """The useful actions that an action pattern matches; where it names the service, only that service's are tried."""
    begins = parts_of(value)[0]
    service, colon, _ = begins.partition(":") if isinstance(begins, str) else ("", "", "")
    named = colon and not any(mark in service for mark in "*?")
    tried = _by_service().get(service.lower(), ()) if named else useful(compute=True)
    truths = {action: _fits(value, action) for action in tried}
    perhaps = frozenset(action for action, truth in truths.items() if not truth.is_no)
    return _Fitting(perhaps, frozenset(action for action in perhaps if truths[action].is_yes))


def bears_on(statement: Statement, action: str) -> bool:
    """Whether a statement can apply to the action."""
    truths = (_fits(value, action) for value in statement.actions.values)
    if statement.actions.inverted:
        return not any(truth.is_yes for truth in truths)
    return any(not truth.is_no for truth in truths)


def _useful_in(statement: Statement) -> frozenset[str]:
    """The useful actions that a statement bears on."""
    fitting = [_fitting(value) for value in statement.actions.values]
    if statement.actions.inverted:
        return useful(compute=True).difference(*(one.surely for one in fitting))
    return frozenset[str]().union(*(one.perhaps for one in fitting))


class _Read(NamedTuple):
    """A document, its statements on each useful action, and the actions that it allows on something."""

    document: Document
    on: Mapping[str, list[Statement]]
    allowed: frozenset[str]


def _read(document: Document) -> _Read:
    on: dict[str, list[Statement]] = defaultdict(list)
    allowed: set[str] = set()
    for statement in document.statements:
        tick()
        actions = _useful_in(statement)
        for action in actions:
            on[action].append(statement)
        if statement.effect == "Allow":
            allowed |= actions
    return _Read(document, dict(on), frozenset(allowed))


class Narrowed:
    """Documents with only the statements that bear on an action."""

    def __init__(self, *, compute: bool) -> None:
        """Nothing is known yet; documents are told apart by identity, and kept so that it stays theirs.

        `compute`: whether any is declared that could be taken over.
        """
        self._useful = useful(compute=compute)
        self._gaining = self._useful - {facts.ASSUME}
        self._known: dict[int, _Read] = {}
        self._kept: dict[tuple[int, str], Document | None] = {}

    def to(self, document: Document, action: str) -> Document | None:
        """The document as far as it bears on the action; None where it does not."""
        key = (id(document), action)
        if key not in self._kept:
            kept = tuple(self._on(document, action))
            self._kept[key] = replace(document, statements=kept) if kept or document.missing else None
        return self._kept[key]

    def _on(self, document: Document, action: str) -> Iterable[Statement]:
        read = self._about(document)
        if action in useful(compute=True):
            return read.on.get(action, ())
        return (one for one in document.statements if bears_on(one, action))

    def relevant(self, document: Document) -> bool:
        """Whether it bears on any action that an attacker could use."""
        return bool(document.missing) or not self._useful.isdisjoint(self._about(document).on)

    def allowed(self, document: Document) -> frozenset[str]:
        """Such actions, entering roles aside, that it allows on something, perhaps."""
        return self._gaining if document.missing else self._about(document).allowed & self._gaining

    def _about(self, document: Document) -> _Read:
        if id(document) not in self._known:
            self._known[id(document)] = _read(document)
        return self._known[id(document)]


@cache
def _by_service() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for action in useful(compute=True):
        found[action.partition(":")[0].lower()].append(action)
    return dict(found)


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
