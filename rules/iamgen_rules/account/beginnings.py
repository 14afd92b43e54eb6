"""Patterns by the letters that they begin with: of many, only those whose letters a text begins with need be tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.wildcard import Token

_Item = TypeVar("_Item")
Tokens = tuple[Token, ...]


class Beginnings(Generic[_Item]):
    """Patterns without variables, each with what it stands for."""

    def __init__(self, patterns: Iterable[tuple[Tokens, _Item]]) -> None:
        """Put each under the letters before its first wildcard."""
        self._by_letters: dict[str, list[tuple[Tokens, _Item]]] = defaultdict(list)
        for tokens, item in patterns:
            first = tokens[0] if tokens else ""
            self._by_letters[first if isinstance(first, str) else ""].append((tokens, item))
        self._lengths = sorted({len(letters) for letters in self._by_letters})

    def of(self, text: str) -> Iterator[tuple[Tokens, _Item]]:
        """The patterns that may match a text, those with few letters first."""
        for length in self._lengths:
            tick()
            if length > len(text):
                break
            yield from self._by_letters.get(text[:length], ())
