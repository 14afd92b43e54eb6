"""What a comment is about: the line that it is on or above, with all that begins there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iamgen_rules.source import Place, Span
from iamgen_rules.terraform.native.layout import layout
from iamgen_rules.terraform.native.words import SPACE
from iamgen_rules.terraform.syntax import Extent

_REST = re.compile(rf"{SPACE}*+(?:(?:#|//)[^\n]*+)?\s*+")
_CALL = re.compile(r'\s*module[ \t]+"?([\w-]+)"?[ \t]*\{')


@dataclass(frozen=True, slots=True)
class Covered:
    """A part of a text; `call`: the name of the module call that it is."""

    start: int
    end: int
    call: str = ""


class Source:
    """A text, its comments, and what each is about."""

    def __init__(self, document: str, text: str) -> None:
        """Nothing in the text is too broken to be read as far as it goes."""
        self.document = document
        self.text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._comments, self._enclosed = layout(text)
        self._opened = [one.start for one in self._enclosed]

    def comments(self) -> Iterator[tuple[Extent, Covered | None]]:
        """Each comment with what it is about, if anything, from the last one to the first."""
        below, first = None, -1  # what the comments of the line below are about, and which line that is
        for comment in reversed(self._comments):
            line, last = self._line(comment.start), self._line(comment.end - 1)
            if first != line:  # else another comment follows on its line, and they are about the same
                below = self._about(line, last, comment, below if first == last + 1 else None)
                first = line
            yield comment, below

    def _about(self, line: int, last: int, comment: Extent, below: Covered | None) -> Covered | None:
        if self.text[self._lines[line] : comment.start].strip(" \t\ufeff"):
            return self._from(line)
        if _REST.fullmatch(self.text, comment.end, self._end(last)) is None:
            return self._from(last)
        return below or self._from(last + 1)

    def _from(self, line: int) -> Covered | None:
        """What begins on a line, up to its end or that of the outermost that opens on it."""
        if line >= len(self._lines) or not self.text[self._lines[line] : self._end(line)].strip():
            return None
        start, end = self._lines[line], self._end(line)
        opened = self._enclosed[bisect_left(self._opened, start) : bisect_left(self._opened, end)]
        call = _CALL.match(self.text, start, end)
        return Covered(start, max((end, *(one.end for one in opened))), call[1] if call else "")

    def place(self, start: int, end: int) -> Place:
        """Where a part of the text stands."""
        line = self._line(start)
        span = Span(start, end, line + 1, start - self._lines[line] + 1, self._line(max(start, end - 1)) + 1)
        return Place(self.document, "", span)

    def _line(self, offset: int) -> int:
        return bisect_right(self._lines, offset) - 1

    def _end(self, line: int) -> int:
        """Where the next line begins."""
        following: Sequence[int] = self._lines[line + 1 : line + 2]
        return following[0] if following else len(self.text)
