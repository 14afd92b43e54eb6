"""JSON with positions: a text → a tree of values, each with where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from iamgen_rules.terraform.native.cursor import MAX_DEPTH
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError

_TOKEN = re.compile(
    r'[ \t\r\n]*+(?:(?P<string>"(?:[^"\\\x00-\x1f]|\\[^\x00-\x1f])*+")|(?P<word>true|false|null)'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)|(?P<mark>[{}\[\],:]))"
)
_SPACE = re.compile(r"[ \t\r\n]*+")
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Json:
    """A value. `text`: of a string what it means, of `true`, `null` and a number how it is written."""

    kind: Literal["object", "array", "string", "word", "number"]
    extent: Extent
    text: str = ""
    members: list[tuple[Json, Json]] = field(default_factory=list["tuple[Json, Json]"])
    elements: list[Json] = field(default_factory=list["Json"])


def read_json(text: str, extent: Extent) -> Json:
    """The value that a piece of text is. Raises HclSyntaxError with the place for what is no JSON."""
    return _Reader(text, extent).read()


def places_of(text: str, string: Json) -> Sequence[int]:
    """Where each character of a string stands, and where it ends."""
    start, end = string.extent.start + 1, string.extent.end - 1
    return [*(match.start() for match in _ESCAPE.finditer(text, start, end)), end]


class _Reader:
    """Reads a value without recursion; `expects` what may come next."""

    def __init__(self, text: str, extent: Extent) -> None:
        self._text = text
        self._at = extent.start
        self._end = extent.end
        self._open: list[tuple[Json, Json | None]] = []  # with the key that it is the value of
        self._key: Json | None = None
        self._expects: Literal["value", "first value", "key", "first key", "colon", "comma"] = "value"
        self._done: Json | None = None

    def read(self) -> Json:
        while self._done is None:
            kind, token, start = self._next()
            if kind == "mark":
                self._mark(token, start)
            elif kind == "string" and self._expects in ("key", "first key"):
                self._key = self._string(token, start)
                self._expects = "colon"
            elif self._expects in ("value", "first value"):
                self._add(self._scalar(kind, token, start))
            else:
                raise self._error(f"{token} does not belong here", start)
        self._skip_space()
        if self._at < self._end:
            raise self._error("this comes behind the end of the JSON", self._at)
        return self._done

    def _skip_space(self) -> None:
        match = _SPACE.match(self._text, self._at, self._end)
        self._at = match.end() if match else self._at

    def _next(self) -> tuple[str, str, int]:
        match = _TOKEN.match(self._text, self._at, self._end)
        if match is None:
            self._skip_space()
            raise self._error("this is no JSON" if self._at < self._end else "the JSON has no end", self._at)
        self._at = match.end()
        kind = match.lastgroup or ""
        return kind, match[kind], match.start(kind)

    def _mark(self, mark: str, start: int) -> None:
        inner = self._open[-1][0] if self._open else None
        if mark in "{[" and self._expects in ("value", "first value"):
            self._begin(mark, start)
        elif mark == ":" and self._expects == "colon":
            self._expects = "value"
        elif mark == "," and self._expects == "comma" and inner is not None:
            self._expects = "key" if inner.kind == "object" else "value"
        elif inner is not None and self._closes(inner, mark):
            self._close()
        else:
            raise self._error(f"a {mark} does not belong here", start)

    def _closes(self, inner: Json, mark: str) -> bool:
        first = "first key" if inner.kind == "object" else "first value"
        return mark == ("}" if inner.kind == "object" else "]") and self._expects in (first, "comma")

    def _begin(self, mark: str, start: int) -> None:
        if len(self._open) == MAX_DEPTH:
            raise self._error(f"this is nested more than {MAX_DEPTH} levels deep, which iamgen does not read", start)
        self._open.append((Json("object" if mark == "{" else "array", Extent(start, start)), self._key))
        self._expects = "first key" if mark == "{" else "first value"

    def _close(self) -> None:
        inner, self._key = self._open.pop()
        inner.extent = Extent(inner.extent.start, self._at)
        self._add(inner)

    def _add(self, value: Json) -> None:
        self._expects = "comma"
        if not self._open:
            self._done = value
            return
        container = self._open[-1][0]
        if container.kind == "object" and self._key is not None:
            container.members.append((self._key, value))
        else:
            container.elements.append(value)

    def _scalar(self, kind: str, token: str, start: int) -> Json:
        if kind == "string":
            return self._string(token, start)
        return Json("number" if kind == "number" else "word", Extent(start, start + len(token)), token)

    def _string(self, token: str, start: int) -> Json:
        try:
            text = json.loads(token) if "\\" in token else token[1:-1]
        except ValueError:
            raise self._error("this string has an escape that JSON does not know", start) from None
        return Json("string", Extent(start, start + len(token)), _SURROGATE.sub("\ufffd", text))

    def _error(self, message: str, start: int) -> HclSyntaxError:
        return HclSyntaxError(message, Extent(start, min(start + 1, self._end)))
