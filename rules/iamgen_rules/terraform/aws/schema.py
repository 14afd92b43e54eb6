"""Which arguments, blocks and computed attributes the AWS provider's resources have, from a snapshot of its schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, STRING, Type, list_of, map_of, object_of, set_of

_DATA = Path(__file__).resolve().parents[2] / "data" / "aws_schema.json"

Mode = Literal["resource", "data"]
Nesting = Literal["list", "set", "single"]
_PRIMITIVES = {"bool": BOOL, "number": NUMBER, "string": STRING, "dynamic": DYNAMIC}
_COLLECTIONS = {"list": list_of, "set": set_of, "map": map_of}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its type, whether it may be written, and whether the provider works it out where it is not."""

    type: Type
    is_argument: bool
    is_computed: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """A resource's or a block's attributes and blocks, by name."""

    attributes: Mapping[str, Attribute]
    blocks: Mapping[str, tuple[Nesting, Schema]]


def schema_of(mode: Mode, kind: str) -> Schema | None:
    """The schema of a resource or data source; None where the snapshot does not have it."""
    return _schema(mode, kind) if kind in _snapshot()[mode] else None


def is_relevant(mode: str, kind: str) -> bool:
    """Whether a resource or data source says something about IAM."""
    return kind.startswith("aws_") and mode in ("resource", "data") and kind in _snapshot()[mode]


def kinds(mode: Mode) -> frozenset[str]:
    """The types of resources or data sources that the snapshot has."""
    return frozenset(_snapshot()[mode])


@cache
def _snapshot() -> Mapping[str, Any]:
    snapshot: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return snapshot


@cache
def _schema(mode: Mode, kind: str) -> Schema:
    return _block(_snapshot()[mode][kind])


def _block(block: Mapping[str, Any]) -> Schema:
    attributes = {
        name: Attribute(_type(written), "r" in flags or "o" in flags, "c" in flags)
        for name, (written, flags) in block["attributes"].items()
    }
    return Schema(attributes, {name: (nesting, _block(inner)) for name, (nesting, inner) in block["blocks"].items()})


def _type(written: Any) -> Type:
    if isinstance(written, str):
        return _PRIMITIVES[written]
    kind, inner = written
    if kind == "object":
        return object_of({name: _type(one) for name, one in inner.items()})
    return _COLLECTIONS[kind](_type(inner))
