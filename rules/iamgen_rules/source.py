"""Where a fact stands: a document, an address in it, and optionally a span of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Step = str | int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of text: offsets count characters from 0, lines and columns count from 1."""

    start: int
    end: int
    line: int
    column: int
    end_line: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A document (a file's path, a plan, an ARN), an address inside it, and the text where it is known."""

    document: str
    address: str = ""
    span: Span | None = None

    def __str__(self) -> str:
        """`document:line:column`, or as much of it as is known."""
        if self.span is None:
            return self.document
        return f"{self.document}:{self.span.line}:{self.span.column}"


NOWHERE = Place("")


class Origin(Protocol):
    """Where a text was written, down to its parts."""

    def place(self, path: Sequence[Step]) -> Place:
        """The place of a part of the data that the text holds: `("Statement", 0, "Condition")`; or of what holds it."""
        ...
