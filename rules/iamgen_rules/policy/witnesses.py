"""Texts that meet and miss wildcard patterns in every way that is possible at once.

Two conditions may ask for `eu-*` and for anything but `*-1`: an attacker finds the text that meets both, so the
search for one has to. The patterns' automata run side by side, breadth first, from the empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.wildcard import SEGMENT_ENDS, Automaton, Token, Wild, compiled

MOST_STATES = 4000
_FILLERS = "xyz0123456789abcdefghijklmnopqrstuvw"
_ELSEWHERE = -1
_MOST_NAMES = 32


class Machine(NamedTuple):
    """A pattern, and whether it is one for ARNs, or in lower case and for text of any case."""

    tokens: tuple[Token, ...]
    arn: bool = False
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class NamedLike:
    """ARNs that end in one of some names (in lower case): names in IAM are unique whatever their case and path.

    And some `texts` besides.
    """

    names: frozenset[str]
    texts: frozenset[str] = frozenset()

    def __contains__(self, arn: object) -> bool:
        """Whether an ARN does."""
        return isinstance(arn, str) and (_name(arn) in self.names or arn in self.texts)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2].lower()


Avoided = frozenset[str] | NamedLike


class Witnesses(NamedTuple):
    """The texts; not `complete` where the patterns have too many states to look at all."""

    texts: tuple[str, ...]
    complete: bool


class _State(NamedTuple):
    """Where each automaton is, how many segments of an ARN have ended, and where among the texts to avoid it is."""

    states: tuple[int, ...]
    colons: int
    node: int


class _Tree:
    """Texts to avoid, as a tree of their letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._after: dict[tuple[int, str], int] = {}
        self._ends = {self._add(text) for text in texts}

    def _add(self, text: str) -> int:
        node = 0
        for letter in text:
            node = self._after.setdefault((node, letter), len(self._after) + 1)
        return node

    def step(self, node: int, letter: str) -> int:
        return self._after.get((node, letter), _ELSEWHERE)

    def has(self, node: int) -> bool:
        return node in self._ends

    @property
    def letters(self) -> set[str]:
        return {letter for _, letter in self._after}


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
    if isinstance(avoided, NamedLike):
        return _not_named(machines, avoided, starts, letters)
    search = _Search([compiled(*machine) for machine in machines], _Tree(sorted(avoided)), letters)
    return search.run(starts)


def _not_named(
    machines: tuple[Machine, ...], avoided: NamedLike, starts: tuple[str, ...], letters: frozenset[str] | None
) -> Witnesses:
    """Names that came out and are to be avoided get a machine each, so that others come out beside them."""
    found = witnesses(machines, avoided.texts, starts, letters)
    names = dict.fromkeys(_name(text) for text in found.texts if text in avoided)
    known = 0
    while known < len(names) <= _MOST_NAMES:
        known = len(names)
        apart = tuple(Machine((Wild.MANY, "/", name), ignore_case=True) for name in names)
        found = witnesses((*machines, *apart), avoided.texts, starts, letters)
        names |= dict.fromkeys(_name(text) for text in found.texts if text in avoided)
    texts = tuple(text for text in found.texts if text not in avoided)
    return Witnesses(texts, found.complete and known == len(names))


class _Search:
    def __init__(self, automata: Sequence[Automaton], avoided: _Tree, letters: frozenset[str] | None) -> None:
        self.automata, self.avoided = automata, avoided
        alphabet = self._alphabet()
        self.letters = alphabet if letters is None else "".join(one for one in alphabet if one in letters)
        self.seen: set[_State] = set()

    def run(self, starts: Iterable[str]) -> Witnesses:
        found: dict[tuple[bool, ...], str] = {}
        todo = [(self._run(start), start) for start in starts]
        self.seen.update(state for state, _ in todo)
        for state, text in todo:
            tick()
            if not self.avoided.has(state.node):
                found.setdefault((*self._accepted(state), text.startswith("arn:")), text)
            if len(self.seen) > MOST_STATES:
                break
            todo += self._next(state, text)
        return Witnesses(tuple(found.values()), len(self.seen) <= MOST_STATES)

    def _accepted(self, state: _State) -> Iterator[bool]:
        return (bool(one & automaton.end) for one, automaton in zip(state.states, self.automata, strict=True))

    def _next(self, state: _State, text: str) -> Iterator[tuple[_State, str]]:
        for letter in self.letters:
            after = self._step(state, letter)
            if after not in self.seen:
                self.seen.add(after)
                yield after, text + letter

    def _run(self, text: str) -> _State:
        state = _State(tuple(automaton.start() for automaton in self.automata), 0, 0)
        for letter in text:
            state = self._step(state, letter)
        return state

    def _step(self, state: _State, letter: str) -> _State:
        ends = letter == ":" and state.colons < SEGMENT_ENDS
        stepped = (
            automaton.step(one, letter, segment_ends=ends)
            for one, automaton in zip(state.states, self.automata, strict=True)
        )
        return _State(tuple(stepped), state.colons + ends, self.avoided.step(state.node, letter))

    def _alphabet(self) -> str:
        """Letters that the patterns tell apart, and first one that neither they nor the texts to avoid have."""
        letters = {letter for automaton in self.automata for letter in automaton.letters}
        taken = letters | self.avoided.letters
        filler = next((letter for letter in _FILLERS if letter not in taken), "\N{MIDDLE DOT}")
        return filler + "".join(sorted(letters | {":"}, key=str.swapcase))
