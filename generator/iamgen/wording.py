"""Words for messages: near names, lists of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

_LONGEST = 140


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'ops'?` where a known name is near, else nothing."""
    found = near(word, tuple(known))
    return "" if found is None else f"; did you mean {shown(found)}?"


def shown(text: str) -> str:
    """Text from a roster in quotes, cut short, with nothing in it that a terminal would obey."""
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


@lru_cache(maxsize=256)
def near(word: str, known: tuple[str, ...]) -> str | None:
    """The known name nearest to a word, whatever the case of either; None when none is near."""
    if len(word) > _LONGEST:
        return None
    folded = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def count(number: int, noun: str) -> str:
    """`1 group`, `2 groups`, `2 policies`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("cy") else f"{number} {noun}s"
