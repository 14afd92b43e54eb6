"""Where the comments of a file are, and what opens on one line and closes on another; without reading expressions."""

from __future__ import annotations

import re
from typing import NamedTuple

from iamgen_rules.terraform.native.scan import Scan
from iamgen_rules.terraform.native.words import WORD
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError

_CODE = re.compile(rf'(?:[^{{}}()\[\]"#/<]++|/(?![/*])|<(?!<-?{WORD}\r?\n))*+')
_COMMENT = re.compile(r"(?:#|//)[^\n]*+|/\*(?s:.*?)\*/")
_CLOSERS = {"{": "}", "[": "]", "(": ")"}


class Layout(NamedTuple):
    """Comments in the order of the text; brackets, strings and heredocs, each up to behind its end."""

    comments: tuple[Extent, ...]
    enclosed: tuple[Extent, ...]


def layout(text: str) -> Layout:
    """The layout of a file. Behind a comment or heredoc without an end nothing is looked for."""
    scan = _Layout(text)
    scan.run()
    return Layout(tuple(scan.comments), tuple(sorted(scan.enclosed, key=lambda one: one.start)))


class _Layout(Scan):
    def __init__(self, text: str) -> None:
        super().__init__(text, -1, len(text))
        self.at = int(text.startswith("\ufeff"))
        self.open = [("", 0)]
        self.comments: list[Extent] = []
        self.enclosed: list[Extent] = []

    def run(self) -> int:
        while self.at < self.limit:
            (closer, start), depth = self.open[-1], len(self.open)
            try:
                self._step(closer)
            except HclSyntaxError:
                self._recover(closer)
            if len(self.open) < depth:
                self.enclosed.append(Extent(start, self.at))
        return self.at

    def _step(self, closer: str) -> None:
        if closer == '"':
            self._quoted()
        elif closer in ("", "}", "]", ")"):
            self._code()
        else:
            self._heredoc(closer)

    def _recover(self, closer: str) -> None:
        """A string ends with its line; what else has no end goes on to the file's."""
        if closer == '"':
            self.open.pop()
            end = self.text.find("\n", self.at)
            self.at = self.limit if end < 0 else end
        else:
            self.at = self.limit

    def _code(self) -> None:
        character = self._skip(_CODE, self.limit)
        if character in _CLOSERS:
            self._push(_CLOSERS[character], 1)
        elif character in ("#", "/"):
            self._comment()
        elif character in ('"', "<"):
            self._text(character)
        elif character and character == self.open[-1][0]:
            self._pop()
        else:
            self.at += len(character)

    def _comment(self) -> None:
        match = _COMMENT.match(self.text, self.at)
        if match is None:
            raise self._not_closed("this comment is not closed")
        self.comments.append(Extent(*match.span()))
        self.at = match.end()

    def _text(self, character: str) -> None:
        if character == '"':
            self._push('"', 1)
        else:
            self._push_heredoc()
