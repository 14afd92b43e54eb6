"""Values made of named tuples, dataclasses and tuples to text and back: JSON, which can do nothing when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

_PLAIN = (str, int, type(None))


class Plain:
    """Writes and reads values of these types, each known by its name, and of tuples, texts, numbers and None."""

    def __init__(self, types: Iterable[type]) -> None:
        """Values hold no others."""
        self._types = {one.__name__: one for one in types}

    def dumps(self, value: object) -> str:
        """The text of a value. Raises TypeError where it holds something else."""
        return json.dumps(self._written(value), separators=(",", ":"))

    def loads(self, text: str) -> Any:
        """The value of a text. Raises ValueError, TypeError or KeyError where it is none."""
        return self._read(json.loads(text))

    def _written(self, value: object) -> object:
        name = type(value).__name__
        if isinstance(value, _PLAIN):
            return value
        if name in self._types and is_dataclass(value):
            return {name: [self._written(getattr(value, one.name)) for one in fields(value)]}
        if isinstance(value, tuple | list):
            parts = [self._written(one) for one in value]
            return {name: parts} if name in self._types else parts
        raise TypeError(f"{name} is not written")

    def _read(self, value: object) -> Any:
        if isinstance(value, list):
            return tuple(self._read(one) for one in value)
        if isinstance(value, dict):
            ((name, parts),) = value.items()
            return self._types[name](*self._read(parts))
        return value
