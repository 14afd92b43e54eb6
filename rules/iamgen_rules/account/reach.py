"""The attacker's fixpoint: gains until none is new, then one world for each cut; the goal, and the way to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iamgen_rules.account import gains, passing, takeover
from iamgen_rules.account.ask import Asker
from iamgen_rules.account.cuts import MOST_CARRIERS, are_too_many, brings_deny, cuts
from iamgen_rules.account.doors import Door
from iamgen_rules.account.facts import TAKEOVER
from iamgen_rules.account.hands import Hands, May, Move, World, change, where_all_are_there
from iamgen_rules.account.index import Edit, Edits
from iamgen_rules.account.model import Ref
from iamgen_rules.account.rights import full, power
from iamgen_rules.account.session import Session
from iamgen_rules.account.trace import Trace, traced
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.truth import NO, YES, Truth, unknown

TOO_MANY = f"more than {MOST_CARRIERS} policies that deny something"
Enough = Callable[[Truth], bool]


def surely(truth: Truth) -> bool:
    """Enough for certainty."""
    return truth.is_yes


def perhaps(truth: Truth) -> bool:
    """Enough for doubt."""
    return not truth.is_no


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked of a search.

    `entries`: whether roles are entered; `no_entry_by`: by all but this principal's own sessions. `bare`: where
    nothing more is reached, power without MFA is a goal for this principal, which is full with MFA as surely as
    `whole`. `users`: takeover of undeclared users counts.
    """

    enough: Enough
    entries: bool = True
    bare: Ref | None = None
    whole: Truth = YES
    users: bool = False
    no_entry_by: Ref | None = None


class _Way(NamedTuple):
    """The moves so far, the last one first."""

    move: Move
    earlier: _Way | None


def _moves(way: _Way | None) -> list[Move]:
    found: list[Move] = []
    while way is not None:
        found.append(way.move)
        way = way.earlier
    return found[::-1]


@dataclass(frozen=True, slots=True)
class _Reached:
    """A world, the way to it, and the end of the search where it is one."""

    world: World
    way: _Way | None = None
    end: May | None = None


@dataclass
class Search:
    """One run of reach(); with `known`, it ends where a role is entered that is known to reach the goal."""

    asker: Asker
    aim: Aim
    known: bool = True
    at_least: Trace | None = None
    seen: set[World] = field(default_factory=set)
    asked: set[tuple[Session, Edits]] = field(default_factory=set)
    entered: set[tuple[Session | tuple[Door, Kind], Edits, bool]] = field(default_factory=set)

    def run(self, start: World) -> Trace | None:
        """The first way to the goal; None without one."""
        todo = [_Reached(start)]
        while todo:
            self.entered.clear()  # two worlds with the same edits may differ in what is held
            found = self._saturate(todo.pop())
            if found.end is not None:
                return traced(start, _moves(found.way), found.end)
            if found.world in self.seen:
                continue
            self.seen.add(found.world)
            if self.at_least is None:
                self.at_least = self._bare(start, found)
            possible = self._cuts(found.world)
            if are_too_many(possible):
                doubt = unknown(TOO_MANY)
                return traced(start, _moves(found.way), (doubt, ())) if self.aim.enough(doubt) else self.at_least
            todo += [_Reached(move.after(found.world), _Way(move, found.way)) for move in possible]
        return self.at_least

    def is_closed(self, start: World) -> bool:
        """Whether nothing leads to the goal, and nothing to a choice among worlds."""
        found = self._saturate(_Reached(start))
        return found.end is None and not self._cuts(found.world)

    def _cuts(self, world: World) -> list[Move]:
        return [move for move in cuts(Hands(self.asker, world)) if self._useful(move, world.held, world.edits)]

    def _bare(self, start: World, found: _Reached) -> Trace | None:
        world = found.world
        for session in sorted(world.held):
            if session.ref == self.aim.bare and session.without_mfa:
                truth, calls = power(self.asker, session, world.edits)
                if self.aim.enough(truth):
                    return traced(start, _moves(found.way), (truth & self.aim.whole, calls))
        return None

    def _saturate(self, found: _Reached) -> _Reached:
        """Apply gains, all of one kind at once, until none is new or the goal is reached."""
        grown: _Reached | None = found
        while grown is not None:
            tick()
            found = self._ended(grown)
            found = self._ended(self._enter(found))
            grown = self._grown(found) if found.end is None else None
        return found

    def _ended(self, found: _Reached) -> _Reached:
        return replace(found, end=found.end or self._goal(found.world))

    def _grown(self, found: _Reached) -> _Reached | None:
        """With the first gains that add something; None where none does."""
        for moves in self._gains(Hands(self.asker, found.world)):
            grown = self._with(found, moves)
            if grown.way is not found.way:
                return grown
        return None

    def _with(self, found: _Reached, moves: Iterable[Move]) -> _Reached:
        """With all of the moves that are enough and add something; they do not hinder each other."""
        held, edits, way = set(found.world.held), set(found.world.edits), found.way
        for move in (where_all_are_there(self.asker.index, found.world, move) for move in moves):
            tick()
            if self._useful(move, held, edits):
                way = _Way(move, way)
                if move.ends:
                    return _Reached(found.world, way, (YES, ()))
                held.update(move.holds)
                change(edits, move.edits)
        return _Reached(World(frozenset(held), frozenset(edits)), way)

    def _useful(self, move: Move, held: Container[Session], edits: Container[Edit]) -> bool:
        return self.aim.enough(move.truth) and move.new(held, edits)

    def _gains(self, hands: Hands) -> Iterator[Iterable[Move]]:
        """What adds rights at once comes first."""
        if not hands.potent:
            return
        yield gains.allows(hands)
        yield gains.labels(hands)
        yield gains.undeclared(hands)
        if self.aim.users:
            yield gains.undeclared_users(hands, TAKEOVER)
        yield takeover.outside(hands)
        yield gains.federated(hands)
        yield (move for move in gains.joins(hands) if not brings_deny(hands, move.edits[0].name))
        yield takeover.taken_over(hands)
        yield gains.opened(hands)
        yield passing.passed(hands)
        yield passing.existing(hands)

    def _enter(self, found: _Reached) -> _Reached:
        """Through every door that is open, and those behind it; but not for roles that are known to be of no use."""
        all_roles = False
        while self.aim.entries and found.end is None:
            all_roles = all_roles or not gains.stay_unchanged(Hands(self.asker, found.world))
            found = self._through_doors(found, all_roles=all_roles)
            if all_roles or gains.stay_unchanged(Hands(self.asker, found.world)):
                break
        return found

    def _through_doors(self, found: _Reached, *, all_roles: bool) -> _Reached:
        held, edits, way = set(found.world.held), found.world.edits, found.way
        todo = deque(sorted(held))
        while todo:
            for move in self._entries(todo.popleft(), edits, all_roles=all_roles):
                if self.aim.enough(move.truth) and held.isdisjoint(move.holds):
                    way = _Way(move, way)
                    if move.ends:
                        return _Reached(found.world, way, (YES, ()))
                    held.update(move.holds)
                    todo.extend(move.holds)
        return found if way is found.way else _Reached(World(frozenset(held), edits), way)

    def _entries(self, session: Session, edits: Edits, *, all_roles: bool) -> Iterator[Move]:
        """The roles that a session may enter, each door once. One that is known to reach the goal ends the search."""
        asker, key = self.asker, (session, edits, all_roles)
        if key in self.entered or session.ref == self.aim.no_entry_by:
            return
        self.entered.add(key)
        for door in gains.doors(asker, session, edits):
            tick()
            behind = ((door, gains.entered_as(session)), edits, all_roles)
            truth = NO if behind in self.entered else gains.opens(asker, session, door, edits)
            if self.aim.enough(truth):
                self.entered.add(behind)
                moves = gains.through(asker, session, door, truth, all_roles=all_roles)
                yield from (self._known(move, edits) for move in moves)

    def _known(self, move: Move, edits: Edits) -> Move:
        if not self.known or not gains.unchanged(edits):
            return move
        (session,) = move.holds
        reaching = self.asker.index.reaching
        truth = reaching.get((session, self.aim.enough is surely, self.aim.users), NO)
        return move if truth.is_no else replace(move, truth=move.truth & truth, ends=True, then=session)

    def _goal(self, world: World) -> May | None:
        for session in sorted(world.held):
            if (session, world.edits) in self.asked:
                continue
            self.asked.add((session, world.edits))
            found = full(self.asker, session, world.edits)
            if self.aim.enough(found[0]):
                return found
        return None


def reach(asker: Asker, start: World, aim: Aim) -> Trace | None:
    """The first way from the start to the goal; None without one."""
    return Search(asker, aim).run(start)
