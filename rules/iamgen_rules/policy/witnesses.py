"""Texts that meet and miss wildcard patterns in every way that is possible at once.

Two conditions may ask for `eu-*` and for anything but `*-1`: an attacker finds the text that meets both, so the
search for one has to. The patterns' automata run side by side, breadth first, from the empty text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.wildcard import SEGMENT_ENDS, Automaton, Token, compiled

MOST_STATES = 2000
_FILLERS = "xyz0123456789abcdefghijklmnopqrstuvw"


class Machine(NamedTuple):
    """A pattern, and whether it is one for ARNs."""

    tokens: tuple[Token, ...]
    arn: bool = False


@dataclass(frozen=True, slots=True)
class NamedLike:
    """All ARNs that end in one of some names (in lower case): names in IAM are unique whatever their case and path."""

    names: frozenset[str]

    def __contains__(self, arn: object) -> bool:
        """Whether an ARN does."""
        return isinstance(arn, str) and arn.rpartition("/")[2].lower() in self.names


Avoided = frozenset[str] | NamedLike


class Witnesses(NamedTuple):
    """The texts; not `complete` where the patterns have too many states to look at all."""

    texts: tuple[str, ...]
    complete: bool


class _State(NamedTuple):
    states: tuple[int, ...]
    colons: int


@lru_cache(maxsize=1024)
def witnesses(
    machines: tuple[Machine, ...],
    avoided: Avoided = frozenset(),
    starts: tuple[str, ...] = ("", "arn:"),
    letters: frozenset[str] | None = None,
) -> Witnesses:
    """A shortest text for each set of patterns that some text matches.

    Texts begin with one of `starts`, go on in some of the `letters`, and are none of `avoided`.
    """
    if not machines:
        return Witnesses((), complete=True)
    automata = [compiled(machine.tokens, machine.arn) for machine in machines]
    alphabet = _alphabet(automata, letters)
    found: dict[tuple[bool, ...], str] = {}
    todo = [(_run(automata, start), start) for start in starts]
    seen = {state for state, _ in todo}
    for state, text in todo:
        tick()
        if text not in avoided:
            found.setdefault((*_accepted(automata, state), text.startswith("arn:")), text)
        if len(seen) > MOST_STATES:
            break
        todo += _next(automata, alphabet, state, text, seen)
    return Witnesses(tuple(found.values()), len(seen) <= MOST_STATES)


def _accepted(automata: Sequence[Automaton], state: _State) -> Iterator[bool]:
    return (bool(one & automaton.end) for one, automaton in zip(state.states, automata, strict=True))


def _next(
    automata: Sequence[Automaton], letters: str, state: _State, text: str, seen: set[_State]
) -> Iterator[tuple[_State, str]]:
    for letter in letters:
        after = _step(automata, state, letter)
        if after not in seen:
            seen.add(after)
            yield after, text + letter


def _run(automata: Sequence[Automaton], text: str) -> _State:
    state = _State(tuple(automaton.start() for automaton in automata), 0)
    for letter in text:
        state = _step(automata, state, letter)
    return state


def _step(automata: Sequence[Automaton], state: _State, letter: str) -> _State:
    ends = letter == ":" and state.colons < SEGMENT_ENDS
    stepped = (
        automaton.step(one, letter, segment_ends=ends) for one, automaton in zip(state.states, automata, strict=True)
    )
    return _State(tuple(stepped), state.colons + ends)


def _alphabet(automata: Sequence[Automaton], allowed: frozenset[str] | None) -> str:
    """Letters that the patterns tell apart, and one that they do not."""
    letters = {letter for automaton in automata for letter in automaton.letters}
    filler = next((letter for letter in _FILLERS if letter not in letters), "\N{MIDDLE DOT}")
    every = filler + "".join(sorted(letters | {":"}))
    return every if allowed is None else "".join(letter for letter in every if letter in allowed)
