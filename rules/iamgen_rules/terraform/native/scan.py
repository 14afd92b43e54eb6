"""From an opening brace to the one that closes it, past strings, heredocs and comments, without reading expressions.

One pass of compiled patterns, which stop only where something nests.
"""

from __future__ import annotations

import re
from functools import lru_cache

from iamgen_rules.terraform.native.template_text import SPACE as TRIMMED
from iamgen_rules.terraform.native.words import WORD
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError

# `${…}` in which nothing nests.
_PLAIN_SEQUENCE = r'[$%]\{[^{}"#/<\r\n]*+\}'
_QUOTED = rf'(?:[^"\\$%\r\n]++|\\[^\r\n]|\$\$\{{|%%\{{|\$(?!\{{)|%(?!\{{)|{_PLAIN_SEQUENCE})*+'
_FLAT = rf'[^{{}}"#/<]++|"{_QUOTED}"|(?:#|//)[^\n]*+|/\*(?s:.*?)\*/|/(?![/*])|<(?!<-?{WORD}\r?\n)'
_CODE_RUN = re.compile(rf"(?:{_FLAT}|\{{(?:{_FLAT})*+\}})*+")
_QUOTED_RUN = re.compile(_QUOTED)
_HEREDOC_RUN = re.compile(rf"(?:[^$%]++|\$\$\{{|%%\{{|\$(?!\{{)|%(?!\{{)|{_PLAIN_SEQUENCE})*+")


class Scan:
    """What is open, from the outside in: `}` for code, `"` for a string, the marker of a heredoc."""

    def __init__(self, text: str, at: int, limit: int) -> None:
        """Stand at an opening brace; nothing behind the limit is looked at."""
        self.text = text
        self.at = at
        self.limit = limit
        self.open: list[tuple[str, int]] = [("}", at)]
        self.at += 1
        self.ends: dict[int, re.Match[str]] = {}  # by depth: where an open heredoc ends, unless a sequence goes beyond

    def run(self) -> int:
        """Behind the brace that closes the first. Raises HclSyntaxError where it is not before the limit."""
        while self.open:
            closer = self.open[-1][0]
            if closer == "}":
                self._code()
            elif closer == '"':
                self._quoted()
            else:
                self._heredoc(closer)
        return self.at

    def _skip(self, pattern: re.Pattern[str], limit: int) -> str:
        match = pattern.match(self.text, self.at, limit)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1] if self.at < limit else ""

    def _code(self) -> None:
        character = self._skip(_CODE_RUN, self.limit)
        if character == "{":
            self._push("}", 1)
        elif character == "}":
            self._pop()
        elif character == '"':
            self._push('"', 1)
        elif character == "<":
            self._push_heredoc()
        elif character == "/":
            raise HclSyntaxError("this comment is not closed", Extent(self.at, self.at + 2))
        else:
            raise self._not_closed("this { is not closed")

    def _quoted(self) -> None:
        character = self._skip(_QUOTED_RUN, self.limit)
        if character == '"':
            self._pop()
        elif character in ("$", "%"):
            self._push("}", 2)
        else:
            raise self._not_closed("this string is not closed on its line")

    def _heredoc(self, marker: str) -> None:
        end = self._heredoc_end(marker)
        self._skip(_HEREDOC_RUN, end.start())
        if self.at < end.start():
            self._push("}", 2)
            return
        del self.ends[len(self.open)]
        self.open.pop()
        self.at = end.end(1)

    def _heredoc_end(self, marker: str) -> re.Match[str]:
        depth = len(self.open)
        end = self.ends.get(depth)
        if end is None or end.start() < self.at:
            end = _end_line(marker).search(self.text, self.at, self.limit)
        if end is None:
            raise self._not_closed(f"this heredoc has no end: a line {marker} is missing")
        self.ends[depth] = end
        return end

    def _push_heredoc(self) -> None:
        opener = self.text[self.at : self.text.index("\n", self.at) + 1]
        self._push(opener.rstrip().removeprefix("<<").removeprefix("-"), len(opener))

    def _push(self, closer: str, width: int) -> None:
        self.open.append((closer, self.at))
        self.at += width

    def _pop(self) -> None:
        self.open.pop()
        self.at += 1

    def _not_closed(self, message: str) -> HclSyntaxError:
        start = self.open[-1][1]
        return HclSyntaxError(message, Extent(start, start + 1))


@lru_cache(maxsize=256)
def _end_line(marker: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?m)^[{re.escape(TRIMMED.replace(chr(10), ''))}]*({re.escape(marker)})[{re.escape(TRIMMED)}]*?\n"
    )


def closing_brace(text: str, opening: int, limit: int) -> int:
    """Behind the brace that closes the one at `opening`. Raises HclSyntaxError where it is not before the limit."""
    return Scan(text, opening, limit).run()
