"""JSON that may be anything, asked for what it should be: what is not there, or is something else, is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iamgen_rules.account.resource import Plain

Json = Mapping[str, Any]
EMPTY: Json = {}


def mapping(parent: object, *keys: str) -> Json:
    """The object that is found by the keys."""
    for key in keys:
        parent = parent.get(key) if isinstance(parent, dict) else None
    return parent if isinstance(parent, dict) else EMPTY


def objects(parent: Json, key: str) -> Iterator[Json]:
    """The objects in a list."""
    found = parent.get(key)
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def texts(parent: Json, key: str) -> Sequence[str]:
    """The texts in a list."""
    found = parent.get(key)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def text(parent: Json, key: str) -> str:
    """A text."""
    found = parent.get(key)
    return found if isinstance(found, str) else ""


def listed(value: Plain) -> Sequence[Plain]:
    """A list or set of plain data; one value as a list of it."""
    if value is None:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
