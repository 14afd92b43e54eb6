"""Text for people: nothing in it steers a terminal, and no line is wider than 80 columns but for a path."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width

WIDTH = 80


def safe(text: str) -> str:
    """The same in one line; what a terminal would obey or hide (controls, marks of direction) as Python escapes it."""
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def columns(text: str) -> int:
    """How many columns of a terminal it takes."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def crop(text: str, width: int) -> str:
    """As much of it as the columns take, with `…` for the rest."""
    return text if columns(text) <= width else next(_pieces(text, width - 1)) + "…"


def wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of 80 columns at most: the first begins with `first`, the others with `rest`; words with a `/` stay whole.

    Blanks between words are kept, but not where a line ends.
    """
    lines: list[str] = []
    line = start = first
    for word in _words(text, WIDTH - columns(rest)):
        if line != start and columns(line) + 1 + columns(word) > WIDTH:
            lines.append(line.rstrip(" "))
            line = start = rest
        line += word if line == start else f" {word}"
    return [*lines, line.rstrip(" ")]


def _words(text: str, width: int) -> Iterator[str]:
    for word in safe(text).split(" "):
        yield from [word] if "/" in word else _pieces(word, width)


def _pieces(word: str, width: int) -> Iterator[str]:
    piece, taken = "", 0
    for char in word:
        if taken + _columns_of(char) > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + char, taken + _columns_of(char)
    yield piece
