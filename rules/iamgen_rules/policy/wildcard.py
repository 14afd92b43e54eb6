"""Patterns with `*`, `?` and holes, matched in one pass over a text that may have holes itself.

Sources: "IAM JSON policy elements: Resource", "… Action", "… Condition operators" (IAM User Guide).

All states of a pattern are the bits of one number, so the time is linear in the text whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.text import Text, Unknown, missing_of, parts_of
from iamgen_rules.policy.truth import NO, YES, Truth, known, unknown

SEGMENT_ENDS = 5  # an ARN has six segments: later colons are characters of its resource


class Wild(Enum):
    """What stands for other characters."""

    ANY = "?"
    MANY = "*"


Token = str | Wild | Unknown


@dataclass(frozen=True, slots=True)
class Automaton:
    """A pattern: for each kind of step, the states that may take it. `inside` is for steps not over a segment's end.

    `is_literal`: it is its prefix and nothing else; `is_beginning`: its prefix and anything.
    """

    prefix: str
    is_literal: bool
    is_beginning: bool
    missing: frozenset[str]
    letters: dict[str, int]
    any: int
    any_inside: int
    many: int
    many_inside: int
    end: int

    def at_once(self, text: str) -> bool | None:
        """Whether a text matches, where the prefix alone decides; None where more of it has to be read."""
        if self.is_literal:
            return text == self.prefix
        if not text.startswith(self.prefix):
            return False
        return True if self.is_beginning else None

    def start(self) -> int:
        """The states before any character."""
        return self._skip(1)

    def step(self, states: int, character: str, *, segment_ends: bool) -> int:
        """The states after one more character."""
        single = self.letters.get(character, 0) | self.any
        stay = self.many
        if not segment_ends:
            single |= self.any_inside
            stay |= self.many_inside
        return self._skip((states & single) << 1 | states & stay)

    def accepts(self, parts: Sequence[str | Unknown], *, for_certain: bool) -> bool:
        """Whether a text matches: whatever fills its holes, or for some filling."""
        states, colons = self.start(), 0
        for index, part in enumerate(parts):
            if isinstance(part, Unknown):
                inside = _is_inside(parts, index)
                states = self._over_hole(states, inside=inside, for_certain=for_certain)
                colons = colons if inside or for_certain else SEGMENT_ENDS
                continue
            tick(len(part))
            for character in part:
                colons += character == ":"
                ends = character == ":" and colons <= SEGMENT_ENDS
                states = self.step(states, character, segment_ends=ends)
                if not states:
                    return False
        return bool(states & self.end)

    def _over_hole(self, states: int, *, inside: bool, for_certain: bool) -> int:
        """For certain: only what a `*` takes in whole. Else any later state, as far as the text's letters lead."""
        if for_certain:
            return self._skip(states & (self.many | (self.many_inside if inside else 0)))
        if not inside:
            return -(states & -states) & (self.end << 1) - 1 if states else 0
        passable = ~self.letters.get(":", 0) & self.end - 1
        reached = 0
        while reached != states:
            reached, states = states, states | (states & passable) << 1
        return states

    def _skip(self, states: int) -> int:
        return states | (states & (self.many | self.many_inside)) << 1


def _is_inside(parts: Sequence[str | Unknown], index: int) -> bool:
    """Whether a hole in a text is inside one segment of an ARN: all colons are known. Names in IAM have none."""
    known = "".join(part for part in parts if isinstance(part, str))
    before = "".join(part for part in parts[:index] if isinstance(part, str))
    if not before.startswith("arn:") or known.count(":") < SEGMENT_ENDS:
        return False
    return before.count(":") < SEGMENT_ENDS or known.split(":")[2] in ("iam", "sts")


def match(tokens: Sequence[Token], text: Text, *, arn: bool = False) -> Truth:
    """Whether a pattern matches a text; unknown where that depends on the holes of either.

    In an ARN only a `*` that ends a segment crosses into the next, and `?` never does.
    """
    automaton = compiled(tuple(tokens), arn)
    at_once = automaton.at_once(text) if isinstance(text, str) else None
    if at_once is not None:
        tick()
        return known(at_once)
    parts, missing = parts_of(text), automaton.missing | missing_of(text)
    if not missing:
        return known(automaton.accepts(parts, for_certain=True))
    if not automaton.accepts(parts, for_certain=False):
        return NO
    certain = not automaton.missing and automaton.accepts(parts, for_certain=True)
    return YES if certain else unknown(*missing)


@lru_cache(maxsize=16384)
def compiled(tokens: tuple[Token, ...], arn: bool, ignore_case: bool = False) -> Automaton:
    """A pattern ready to match. One that ignores case has to be in lower case."""
    letters: dict[str, int] = {}
    masks = {"any": 0, "any_inside": 0, "many": 0, "many_inside": 0}
    merged = _merged(_joined(tokens), arn=arn)
    position = 0
    for kind, literal in merged:
        for character in literal:
            for letter in _cases(character) if ignore_case else character:
                letters[letter] = letters.get(letter, 0) | 1 << position
            position += 1
        if kind != "literal":
            masks[kind] |= 1 << position
            position += 1
    tick(position)
    prefix = merged[0][1] if merged and not ignore_case else ""
    missing = frozenset(token.name for token in tokens if isinstance(token, Unknown))
    kinds = "" if missing or ignore_case else " ".join(kind for kind, _ in merged)
    is_literal, is_beginning = kinds == "literal", kinds in ("many", "literal many")
    return Automaton(prefix, is_literal, is_beginning, missing, letters, end=1 << position, **masks)


def _cases(character: str) -> set[str]:
    """A letter in lower case, and in upper case where it has one."""
    return {letter for letter in (character, character.upper()) if letter.lower() == character}


def _joined(tokens: Iterable[Token]) -> list[Token]:
    """Neighbouring strings as one, empty ones gone."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if isinstance(token, str) and isinstance(before, str):
            joined[-1] = before + token
        elif token != "":
            joined.append(token)
    return joined


def _merged(tokens: Sequence[Token], *, arn: bool) -> list[tuple[str, str]]:
    """Kind and letters of each token, neighbouring stars as one (the wider of them)."""
    merged: list[tuple[str, str]] = []
    for index, token in enumerate(tokens):
        kind = _kind(tokens, index, arn=arn)
        if kind.startswith("many") and merged and merged[-1][0].startswith("many"):
            kind = "many" if "many" in (kind, merged[-1][0]) else kind
            merged.pop()
        merged.append((kind, token if isinstance(token, str) else ""))
    return merged


def _kind(tokens: Sequence[Token], index: int, *, arn: bool) -> str:
    token = tokens[index]
    if isinstance(token, str):
        return "literal"
    if isinstance(token, Unknown):
        return "many"
    if token is Wild.ANY:
        return "any_inside" if arn else "any"
    return "many_inside" if arn and not _ends_segment(tokens, index) else "many"


def _ends_segment(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else ":"
    return isinstance(following, str) and following.startswith(":")
