r"""Patterns of file names, as `fileset` reads them: `*`, `**`, `?`, `[a-z]`, `[^a]`, `{a,b}`, `\` before a character.

Source: "fileset" (Terraform documentation); where it says nothing, what Terraform 1.11 does: alternatives do not nest,
`!` is a character like others, and what is wrong in a pattern is wrong only where a name is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NoReturn

from iamgen_rules.terraform.evaluation_error import EvaluationError

_LONGEST = 200  # of one part; each `*` in it is a call inside another
_SPECIAL = re.compile(r"[*?\[{\\]")
_CLASS = re.compile(r"(?:\\(.)|([^\\-]))(?:-(?:\\(.)|([^\\-])))?", re.DOTALL)


def parts_of(pattern: str) -> list[str]:
    """The pattern between its slashes; not at one behind a backslash."""
    return re.split(r"(?<!\\)/", pattern)


def is_plain(part: str) -> bool:
    """Whether a part is just a name."""
    return not _SPECIAL.search(part)


def matches(part: str, name: str, spend: Callable[[], None]) -> bool:
    """Whether a name matches a part of a pattern; counts its steps. Raises EvaluationError for a wrong pattern."""
    if len(part) > _LONGEST:
        raise EvaluationError(f"a pattern of more than {_LONGEST} characters between slashes", lasting=True)
    return _Matcher(spend).matches(part, name)


class _BadPatternError(EvaluationError):
    """What is wrong is forgiven behind a `*`, as Terraform does."""


class _Matcher:
    """Remembers what did not match, so that many `*` cannot make it slow."""

    def __init__(self, spend: Callable[[], None]) -> None:
        self.spend = spend
        self.matches = cache(self._matches)

    def _matches(self, part: str, name: str) -> bool:
        self.spend()
        while part and name:
            first = part[0]
            if first == "*":
                return len(part) == 1 or any(self._forgiving(part[1:], name[at:]) for at in range(len(name)))
            if first == "{":
                options, rest = _until(part, "}")
                return any(self.matches(option + rest, name) for option in _options(options))
            behind = _behind(part, name[0])
            if behind is None:
                return False
            part, name = behind, name[1:]
        return not name and part in {"", "*"}

    def _forgiving(self, part: str, name: str) -> bool:
        try:
            return self.matches(part, name)
        except _BadPatternError:
            return False


def _behind(part: str, character: str) -> str | None:
    """The part behind its first element, where that matches the character."""
    if part[0] == "[":
        inside, rest = _until(part, "]")
        return rest if _in_class(inside, character) else None
    if part[0] == "\\":
        if len(part) == 1:
            _wrong(part)
        return part[2:] if part[1] == character else None
    return part[1:] if part[0] in {"?", character} else None


def _options(options: str) -> list[str]:
    """What stands between the commas; nothing behind the last one is no option."""
    found = re.split(r"(?<!\\),", options)
    return found if found[-1] or len(found) == 1 else found[:-1]


def _until(part: str, end: str) -> tuple[str, str]:
    """What stands between its first character and the end's, and what is behind that."""
    found = re.compile(rf"(?<!\\){re.escape(end)}").search(part, 1)
    if not found:
        _wrong(part)
    return part[1 : found.start()], part[found.end() :]


def _in_class(inside: str, character: str) -> bool:
    negated = inside.startswith("^")
    at, found = int(negated), False
    if not inside:
        _wrong("[]")
    while at < len(inside):
        piece = _CLASS.match(inside, at)
        if not piece:
            _wrong(f"[{inside}]")
        low, high = piece[1] or piece[2], piece[3] or piece[4]
        found = found or low <= character <= (high or low)
        at = piece.end()
    return found != negated


def _wrong(part: str) -> NoReturn:
    raise _BadPatternError(f"the pattern {part} is wrong")
