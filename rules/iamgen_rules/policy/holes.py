"""JSON text to plain data, also where pieces of the text are unknown: a heredoc with references inside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count

from iamgen_rules.policy.json_text import integer, no_number
from iamgen_rules.policy.malformed import MalformedPolicyError, shown
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, missing_of, text_of

_PRIVATE_USE = 0xF0000
_TOO_DEEP = "the policy is nested too deeply"
_ESCAPE = re.compile(r"\\.", re.DOTALL)


def read(text: str | Partial) -> object:
    """The data, with `Unknown` and `Partial` for strings that have holes.

    A hole that is the JSON of a value is an Unknown in its place. Where another one is not inside a string, everything
    may be anything: the answer is then one Unknown. Raises MalformedPolicyError for text without holes that is not
    JSON.
    """
    if isinstance(text, str):
        return _loads(text)
    mark = _unused(part for part in text.parts if isinstance(part, str))
    holes = [part for part in text.parts if isinstance(part, Unknown)]
    try:
        data = _loads("".join(_marked(text, mark)))
    except MalformedPolicyError:
        return Unknown(", ".join(sorted(missing_of(text))))
    try:
        return _Filler(mark, holes).filled(data)
    except RecursionError as error:
        raise MalformedPolicyError("", _TOO_DEEP) from error


def _marked(text: Partial, mark: str) -> Iterator[str]:
    """The text with a mark for each hole; in quotes, where the hole is a value itself."""
    inside = False
    for part in text.parts:
        if isinstance(part, str):
            inside ^= _ESCAPE.sub("", part).count('"') % 2 == 1
            yield part
        else:
            yield f'"{mark}"' if isinstance(part, UnknownJson) and not inside else mark


class _Filler:
    """Puts the holes back; the data has them in the order of the text."""

    def __init__(self, mark: str, holes: Iterable[Unknown]) -> None:
        self.mark, self.holes = mark, iter(holes)

    def filled(self, data: object) -> object:
        if isinstance(data, str):
            return self._text(data)
        if isinstance(data, list):
            return [self.filled(item) for item in data]
        if isinstance(data, dict):
            return {self._text(key): self.filled(value) for key, value in data.items()}
        return data

    def _text(self, text: str) -> Text:
        first, *others = text.split(self.mark)
        pieces: list[Text] = [first]
        for piece in others:
            hole = next(self.holes)
            pieces += [Unknown(hole.name, identity=hole.identity), piece]
        return text_of(*pieces)


def _unused(texts: Iterable[str]) -> str:
    joined = "".join(texts)
    return next(chr(code) for code in count(_PRIVATE_USE) if chr(code) not in joined)


def _loads(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_int=integer, parse_constant=no_number)
    except MalformedPolicyError:
        raise
    except RecursionError as error:
        raise MalformedPolicyError("", _TOO_DEEP) from error
    except ValueError as error:
        raise MalformedPolicyError("", f"the policy is not JSON: {error}") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Source: "Grammar of the IAM JSON policy language": no element has two instances of one key."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise MalformedPolicyError("", f"{shown(key)} stands twice in one object")
        found[key] = value
    return found
