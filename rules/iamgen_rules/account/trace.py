"""A way to the attacker's goal, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from iamgen_rules.account.hands import Calls, May, Move, World
from iamgen_rules.policy.truth import NO, Truth


@dataclass(frozen=True, slots=True)
class Trace:
    """A way to the goal: from where, the moves in order, and the calls that show the goal in the world after them.

    `end` is how sure the goal is there, `truth` how sure all of it.
    """

    truth: Truth
    start: World
    moves: tuple[Move, ...]
    calls: Calls
    end: Truth

    @property
    def worlds(self) -> tuple[World, ...]:
        """What is held and changed before each move, and at last."""
        return tuple(accumulate(self.moves, lambda world, move: move.after(world), initial=self.start))


def traced(start: World, moves: Iterable[Move], end: May) -> Trace:
    """The moves, and what is reached by them, as a trace."""
    made, (certain, calls) = tuple(moves), end
    truth = certain
    for move in made:
        truth = truth & move.truth
    return Trace(truth, start, made, calls, certain)


def certainty(trace: Trace | None) -> Truth:
    """NO without a way."""
    return NO if trace is None else trace.truth
