"""What a YAML file says, as plain data, and where each part of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from iamgen.wording import shown
from iamgen_rules.errors import Problem
from iamgen_rules.source import Place, Span

Path = tuple[str | int, ...]
Range = tuple[int, int]

_LINE_END = re.compile(r"\r\n|\n|\r")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_SPACE = " \t\r\n"


class Fault(NamedTuple):
    """What is wrong at a path; `at_key`: with the key that ends it, not with its value."""

    path: Path
    message: str
    at_key: bool = False


@dataclass
class Tree:
    """`data` of dict, list, str and None; the ranges of all keys and values by their path.

    `problems` are those that left the rest readable, each with the path that it spoils;
    `holes` are values that could not be read, None in the data.
    """

    file: str
    text: str
    data: Any = None
    keys: dict[Path, Range] = field(default_factory=dict)
    values: dict[Path, Range] = field(default_factory=dict)
    problems: list[tuple[Path, Problem]] = field(default_factory=list)
    holes: set[Path] = field(default_factory=set)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def span(self, start: int, end: int) -> Span:
        """A range of the text, without the white space at its end, with its lines and columns."""
        start, end = min(start, len(self.text)), min(end, len(self.text))
        while end > start and self.text[end - 1] in _SPACE:
            end -= 1
        line = bisect_right(self._lines, start)
        end_line = bisect_right(self._lines, max(start, end - 1))
        return Span(start, end, line, start - self._lines[line - 1] + 1, end_line)

    def key_span(self, path: Path) -> Span | None:
        """Where the key that ends a path stands; None where it ends in a number or does not exist."""
        return self.span(*self.keys[path]) if path in self.keys else None

    def value_span(self, path: Path) -> Span | None:
        """Where the value at a path stands; None where there is none."""
        return self.span(*self.values[path]) if path in self.values else None

    def place(self, path: Path, key: bool = False) -> Place:
        """The place of a value, or of its key; an empty value is at its key, a missing one at what should hold it."""
        value = self.value_span(path)
        found = value if value and value.start < value.end and not key else self.key_span(path) or value
        held = path
        while found is None and held:
            held = held[:-1]
            found = self.key_span(held) or self.value_span(held)
        return Place(self.file, address(path), found)

    def problem(self, fault: Fault) -> Problem:
        """The fault with its place."""
        return Problem(self.place(fault.path, fault.at_key), fault.message)


def address(path: Path) -> str:
    """`groups[0].name` for a path; a key that is no plain word in quotes: `tags['a b']`."""
    return "".join(_step(part) for part in path).removeprefix(".")


def _step(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if _PLAIN_KEY.fullmatch(part) else f"[{shown(part)}]"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by where they stand in the text."""
    return sorted(problems, key=lambda problem: problem.place.span.start if problem.place.span else 0)


def kind_of(value: object) -> str:
    """What YAML calls the value, for messages."""
    match value:
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return "text"
