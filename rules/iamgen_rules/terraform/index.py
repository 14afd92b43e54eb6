"""The top-level blocks of a file, without reading an expression.

What is broken costs itself: a block that is not closed is a problem, and the file goes on at the next line that
begins a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from iamgen_rules.terraform.native.scan import closing_brace
from iamgen_rules.terraform.native.template_text import EscapeError, unescape_quoted
from iamgen_rules.terraform.native.words import GAP, SPACE, WORD
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError

_LABEL = rf'"((?:[^"\\\r\n]|\\[^\r\n])*+)"|({WORD})'
_HEAD = re.compile(rf"({WORD})((?:{SPACE}*+(?:{_LABEL}))*+){SPACE}*+\{{")
_LABELS = re.compile(rf"{SPACE}*+(?:{_LABEL})")
_GAP = re.compile(rf"{GAP}*+")
_LINE_END = re.compile(rf"{SPACE}*+(?:\r?\n|#|//|\Z)")
_BLOCK_LINE = re.compile(
    r"(?m)^(?:resource|data|module|variable|output|locals|provider|terraform|moved|import|removed|check|ephemeral)"
    r"(?![\w-])[^=\n]*\{"
)
# What broken blocks may cost, in passes over the file; from then on none is looked for behind the next block's line.
_PASSES = 4


@dataclass(frozen=True, slots=True)
class TopBlock:
    """A block: `extent` from its type to its closing brace, `body` between the braces, `line` counted from 1."""

    type: str
    labels: tuple[str, ...]
    extent: Extent
    body: Extent
    line: int


@dataclass(frozen=True, slots=True)
class Index:
    """The blocks of a file in its order, and what is wrong with it."""

    blocks: tuple[TopBlock, ...]
    problems: tuple[HclSyntaxError, ...]


def index(text: str) -> Index:
    """Split a file into its blocks. What cannot be read is in the problems."""
    return _Indexer(text).run()


class _Indexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 1 if text.startswith("\ufeff") else 0
        self._blocks: list[TopBlock] = []
        self._problems: list[HclSyntaxError] = []
        self._line = 1
        self._counted = 0
        self._wasted = 0

    def run(self) -> Index:
        end = len(self._text)
        while True:
            self._at = self._gap_end()
            if self._at >= end:
                return Index(tuple(self._blocks), tuple(self._problems))
            start = self._at
            try:
                self._block(start)
            except HclSyntaxError as fault:
                self._problems.append(fault)
                self._at = self._next_block_line(start)

    def _gap_end(self) -> int:
        match = _GAP.match(self._text, self._at)
        return match.end() if match else self._at

    def _block(self, start: int) -> None:
        head = _HEAD.match(self._text, start)
        if head is None:
            raise HclSyntaxError("this is no block", Extent(start, start + 1))
        labels = self._labels(head)
        limit = self._limit(start)
        try:
            end = closing_brace(self._text, head.end() - 1, limit)
        except HclSyntaxError:
            self._wasted += limit - start
            raise
        self._at = end
        line = self._line_of(start)
        self._blocks.append(TopBlock(head[1], labels, Extent(start, end), Extent(head.end(), end - 1), line))
        if _LINE_END.match(self._text, end) is None:
            raise HclSyntaxError("a newline is missing behind the block", Extent(end, end + 1))

    def _labels(self, head: re.Match[str]) -> tuple[str, ...]:
        labels: list[str] = []
        for match in _LABELS.finditer(self._text, head.start(2), head.end(2)):
            try:
                labels.append(match[2] or unescape_quoted(match[1]))
            except EscapeError as bad:
                raise HclSyntaxError(bad.message, Extent(match.start(1), match.end(1))) from None
        return tuple(labels)

    def _line_of(self, start: int) -> int:
        self._line += self._text.count("\n", self._counted, start)
        self._counted = start
        return self._line

    def _limit(self, start: int) -> int:
        end = len(self._text)
        return end if self._wasted <= _PASSES * end else self._next_block_line(start)

    def _next_block_line(self, start: int) -> int:
        match = _BLOCK_LINE.search(self._text, start + 1)
        return match.start() if match else len(self._text)
