"""The attacker's fixpoint: gains until none is new, then one world for each cut; the goal, and the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from iamgen_rules.account import gains, passing, takeover
from iamgen_rules.account.ask import Asker
from iamgen_rules.account.cuts import MOST_CARRIERS, brings_deny, cuts
from iamgen_rules.account.facts import ASSUME, TAKEOVER
from iamgen_rules.account.hands import Calls, Hands, May, Move, World
from iamgen_rules.account.index import Edits
from iamgen_rules.account.model import Ref
from iamgen_rules.account.rights import full, power
from iamgen_rules.account.session import Session
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
class Trace:
    """A way to the goal: the moves in order, the calls that show the goal, in the world that they lead to.

    `worlds` are what is held and changed before each move, and at last; `end` is how sure the goal is there.
    """

    truth: Truth
    moves: tuple[Move, ...]
    calls: Calls
    worlds: tuple[World, ...]
    end: Truth


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


@dataclass
class Search:
    """One run of reach(); with `known`, it ends where a role is entered that is known to reach the goal."""

    asker: Asker
    aim: Aim
    known: bool = True
    at_least: Trace | None = None
    seen: set[World] = field(default_factory=set)
    asked: set[tuple[Session, Edits]] = field(default_factory=set)
    entered: set[tuple[Session, Edits]] = field(default_factory=set)

    def run(self, start: World) -> Trace | None:
        """The first way to the goal; None without one."""
        todo: list[tuple[World, tuple[Move, ...], tuple[World, ...]]] = [(start, (), ())]
        while todo:
            world, moves, worlds = todo.pop()
            world, moves, worlds, end = self._saturate(world, moves, worlds)
            if end is not None:
                return self._trace(end, moves, worlds, world)
            if world in self.seen:
                continue
            self.seen.add(world)
            if self.at_least is None:
                self.at_least = self._bare(world, moves, worlds)
            possible = [move for move in cuts(Hands(self.asker, world)) if self._useful(move, world)]
            if len({(move.edits[0].holder, move.edits[0].name) for move in possible}) > MOST_CARRIERS:
                return self._give_up(moves, worlds, world)
            todo += [(move.after(world), (*moves, move), (*worlds, world)) for move in possible]
        return self.at_least

    def is_closed(self, start: World) -> bool:
        """Whether nothing leads to the goal, and nothing to a choice among worlds."""
        world, _, _, end = self._saturate(start, (), ())
        return end is None and not any(self._useful(move, world) for move in cuts(Hands(self.asker, world)))

    def _give_up(self, moves: tuple[Move, ...], worlds: tuple[World, ...], world: World) -> Trace | None:
        doubt = unknown(TOO_MANY)
        return self._trace((doubt, ()), moves, worlds, world) if self.aim.enough(doubt) else self.at_least

    def _bare(self, world: World, moves: tuple[Move, ...], worlds: tuple[World, ...]) -> Trace | None:
        for session in sorted(world.held):
            if session.ref == self.aim.bare and session.without_mfa:
                truth, calls = power(self.asker, session, world.edits)
                if self.aim.enough(truth):
                    return self._trace((truth & self.aim.whole, calls), moves, worlds, world)
        return None

    def _trace(self, end: May, moves: tuple[Move, ...], worlds: tuple[World, ...], world: World) -> Trace:
        truth = end[0]
        for move in moves:
            truth = truth & move.truth
        return Trace(truth, moves, end[1], (*worlds, world), end[0])

    def _saturate(
        self, world: World, moves: tuple[Move, ...], worlds: tuple[World, ...]
    ) -> tuple[World, tuple[Move, ...], tuple[World, ...], May | None]:
        """Apply gains until none is new or the goal is reached."""
        end = self._goal(world)
        grown = True
        while end is None and grown:
            grown = False
            for move in self._gains(Hands(self.asker, world)):
                if self._useful(move, world):
                    moves, worlds = (*moves, move), (*worlds, world)
                    world, grown = move.after(world), True
                    end = (YES, ()) if move.ends else self._goal(world)
                    if end is not None:
                        break
        return world, moves, worlds, end

    def _useful(self, move: Move, world: World) -> bool:
        return self.aim.enough(move.truth) and move.new(world) and not self._barred(move)

    def _barred(self, move: Move) -> bool:
        by = self.aim.no_entry_by
        return by is not None and any(call.action == ASSUME and call.session.ref == by for call in move.calls)

    def _gains(self, hands: Hands) -> Iterator[Move]:
        if self.aim.entries:
            yield from self._entries(hands)
        if not hands.potent:
            return
        yield from gains.allows(hands)
        yield from gains.labels(hands)
        yield from gains.undeclared(hands)
        if self.aim.users:
            yield from gains.undeclared_users(hands, TAKEOVER)
        yield from takeover.outside(hands)
        yield from gains.federated(hands)
        yield from (move for move in gains.joins(hands) if not brings_deny(hands, move.edits[0].name))
        yield from takeover.taken_over(hands)
        yield from gains.opened(hands)
        yield from passing.passed(hands)
        yield from passing.existing(hands)

    def _entries(self, hands: Hands) -> Iterator[Move]:
        """Roles to enter, asked once for each session; one that is known to reach the goal ends the search."""
        for session in hands.sessions:
            key = (session, hands.world.edits)
            if key not in self.entered:
                yield from (self._known(move, hands.world.edits) for move in gains.entered(hands, session))
                self.entered.add(key)

    def _known(self, move: Move, edits: Edits) -> Move:
        if not self.known:
            return move
        session = move.holds[0]
        known = self.asker.index.reaching.get((session.ref, session.kind, self.aim.enough is surely), NO)
        if gains.touches_roles(edits) or known.is_no:
            return move
        return replace(move, truth=move.truth & known, ends=True, then=session)

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


def certainty(trace: Trace | None) -> Truth:
    """NO without a way."""
    return NO if trace is None else trace.truth
