"""Colour on finished lines, so that it moves no text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from iamgen_rules.rule import Severity

_CODES: dict[Severity, str] = {"critical": "1;31", "high": "31", "medium": "33", "low": "36"}


class Colours(NamedTuple):
    """Select Graphic Rendition, or nothing."""

    wanted: bool

    def severity(self, lines: Sequence[str], part: str, severity: Severity) -> list[str]:
        """A part of the lines in the colour of a severity."""
        return self._part(lines, part, _CODES[severity])

    def good(self, lines: Sequence[str], part: str) -> list[str]:
        """A part of the lines in green."""
        return self._part(lines, part, "32")

    def bad(self, lines: Sequence[str], part: str) -> list[str]:
        """A part of the lines in red."""
        return self._part(lines, part, "31")

    def dim(self, lines: Sequence[str]) -> list[str]:
        """All of the lines, dim."""
        return [self._painted(line, "2") for line in lines]

    def _part(self, lines: Sequence[str], part: str, code: str) -> list[str]:
        """The part is in one line, or by wrapping in none."""
        found = next((number for number, line in enumerate(lines) if part in line), None)
        return [
            line.replace(part, self._painted(part, code), 1) if number == found else line
            for number, line in enumerate(lines)
        ]

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.wanted else text
