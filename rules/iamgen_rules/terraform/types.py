"""The types of Terraform's values.

Source: "Types and Values", "Type Constraints" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["dynamic", "bool", "number", "string", "list", "set", "map", "tuple", "object"]


@dataclass(frozen=True, slots=True)
class Type:
    """A type. `element` of a list, set or map; `elements` of a tuple; `attributes` of an object, by name, sorted.

    `dynamic` is the type that is not known, and the constraint `any`. `optional` names the attributes that a
    constraint does not ask for. `open`: an object of which only some attributes are known, by what it is called.
    """

    kind: Kind
    element: Type | None = None
    elements: tuple[Type, ...] = ()
    attributes: tuple[tuple[str, Type], ...] = ()
    optional: frozenset[str] = frozenset()
    open: str = ""


DYNAMIC = Type("dynamic")
BOOL = Type("bool")
NUMBER = Type("number")
STRING = Type("string")


def list_of(element: Type) -> Type:
    """`list(element)`."""
    return Type("list", element)


def set_of(element: Type) -> Type:
    """`set(element)`."""
    return Type("set", element)


def map_of(element: Type) -> Type:
    """`map(element)`."""
    return Type("map", element)


def tuple_of(elements: Iterable[Type]) -> Type:
    """`tuple([…])`."""
    return Type("tuple", elements=tuple(elements))


def object_of(attributes: Mapping[str, Type], optional: Iterable[str] = (), called: str = "") -> Type:
    """`object({…})`; `called`: what an object is called of which there may be more attributes."""
    return Type("object", attributes=tuple(sorted(attributes.items())), optional=frozenset(optional), open=called)
