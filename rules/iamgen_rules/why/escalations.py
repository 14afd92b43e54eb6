"""Which escalation paths are open to a session, by their ids in the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from iamgen_rules.account import gains, passing, takeover
from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call
from iamgen_rules.account.cuts import cuts
from iamgen_rules.account.facts import TAKEOVER
from iamgen_rules.account.hands import Calls, Hands, Move, World, change
from iamgen_rules.account.index import Edit, Edits
from iamgen_rules.account.reach import Aim, Enough, perhaps, reach, surely
from iamgen_rules.account.rights import full
from iamgen_rules.account.session import Session
from iamgen_rules.account.trace import certainty
from iamgen_rules.policy.escalation import known_sets, outside_the_gate, paths
from iamgen_rules.policy.truth import NO, Truth, all_of

OUTSIDE = "outside-the-gate"


class Open(NamedTuple):
    """A path that a session may take, and the calls of it."""

    truth: Truth
    calls: Calls


@cache
def catalogue() -> Mapping[frozenset[str], str]:
    """The ids of all paths by their actions."""
    found = dict.fromkeys((frozenset(actions) for actions in outside_the_gate()), OUTSIDE)
    for name, actions in known_sets().items():
        found.setdefault(actions, name)
    return {**found, **{frozenset(path.actions): path.id for path in paths()}}


def open_paths(asker: Asker, session: Session, edits: Edits, *, users: bool) -> Mapping[str, Open]:
    """The paths that lead this session to full rights; `users`: by taking over undeclared users, too."""
    by_id: dict[str, list[Move]] = defaultdict(list)
    for move in _moves(Hands(asker, World(frozenset({session}), edits)), users=users):
        path = catalogue().get(frozenset(call.action for call in move.calls))
        if path is not None and not move.truth.is_no:
            by_id[path].append(move)
    found = _Leading(asker, session, edits, users).all(by_id, together=False)
    return found or _Leading(asker, session, edits, users).all(by_id, together=True)


def again(asker: Asker, session: Session, calls: Calls, edits: Edits) -> Open:
    """The calls of a path that is open to another session of the same principal, by this one."""
    own = tuple(Call(session, call.action, call.target) for call in calls)
    return Open(all_of(asker.allowed(call, edits) for call in own), own)


def _moves(hands: Hands, *, users: bool) -> Iterator[Move]:
    if not hands.potent:
        return
    undeclared = gains.undeclared_users(hands, TAKEOVER) if users else ()
    yield from chain(gains.allows(hands), gains.undeclared(hands), undeclared, takeover.outside(hands))
    yield from chain(gains.joins(hands), takeover.taken_over(hands), gains.opened(hands))
    yield from chain(passing.passed(hands), passing.existing(hands), cuts(hands))


@dataclass(frozen=True, slots=True)
class _Leading:
    """Asks whether what a path brings leads on: all that it brings at once, so that each path is asked about once."""

    asker: Asker
    session: Session
    edits: Edits
    users: bool

    def all(self, by_id: Mapping[str, Sequence[Move]], *, together: bool) -> Mapping[str, Open]:
        """The paths that lead on; `together`: with what the session can do besides."""
        found: dict[str, Open] = {}
        for path, moves in sorted(by_id.items()):
            truth = self._best(moves, together=together)
            if not truth.is_no:
                found[path] = Open(truth, max(moves, key=lambda move: move.truth.level).calls)
        return found

    def _best(self, moves: Sequence[Move], *, together: bool) -> Truth:
        sure = [move for move in moves if move.truth.is_yes]
        certain = self._leads(sure, surely, together=together) if sure else NO
        return certain if certain.is_yes else self._leads(moves, perhaps, together=together)

    def _leads(self, moves: Iterable[Move], enough: Enough, *, together: bool) -> Truth:
        moves = tuple(moves)
        certain = all_of(move.truth for move in moves)
        if any(move.ends for move in moves):
            return certain
        held = frozenset(session for move in moves for session in move.holds)
        edits = self._after(edit for move in moves for edit in move.edits)
        aim = Aim(enough, users=self.users)
        if together:
            return certain & certainty(reach(self.asker, World(held | {self.session}, edits), aim))
        brought = certainty(reach(self.asker, World(held, edits), aim)) if held else NO
        return certain & (brought | (full(self.asker, self.session, edits)[0] if edits != self.edits else NO))

    def _after(self, made: Iterable[Edit]) -> Edits:
        edits = set(self.edits)
        change(edits, made)
        return frozenset(edits)
