"""Patterns by the letters that they begin with, and the name that they end with: only those of a text need be tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.wildcard import SEGMENT_ENDS, Token

_Item = TypeVar("_Item")
Tokens = tuple[Token, ...]


def last_name(text: str) -> str:
    """What comes after the last slash."""
    return text.rpartition("/")[2]


class Beginnings(Generic[_Item]):
    """Patterns without variables, each with what it stands for."""

    def __init__(self, patterns: Iterable[tuple[Tokens, _Item]]) -> None:
        """Put each under the letters before its first wildcard, and its last name where that is known."""
        self._known: dict[tuple[str, str | None], list[tuple[Tokens, _Item]]] = defaultdict(list)
        for tokens, item in patterns:
            first = tokens[0] if tokens else ""
            self._known[first if isinstance(first, str) else "", _last_name(tokens)].append((tokens, item))
        self._lengths = sorted({len(letters) for letters, _ in self._known})

    def of(self, text: str) -> Iterator[tuple[Tokens, _Item]]:
        """The patterns that may match a text, those with few letters first."""
        for length in self._lengths:
            tick()
            if length > len(text):
                break
            for name in (None, last_name(text)):
                yield from self._known.get((text[:length], name), ())


def _last_name(tokens: Tokens) -> str | None:
    """The name that every text ends with that a pattern matches; None for one of less than an ARN's segments."""
    last = tokens[-1] if tokens else None
    colons = sum(token.count(":") for token in tokens if isinstance(token, str))
    return last_name(last) if isinstance(last, str) and "/" in last and colons >= SEGMENT_ENDS else None
