"""The types of Terraform's values.

Source: "Types and Values", "Type Constraints" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["dynamic", "bool", "number", "string", "list", "set", "map", "tuple", "object"]


@dataclass(frozen=True, slots=True)
class Type:
    """A type. `element` of a list, set or map; `elements` of a tuple; `attributes` of an object, by name, sorted.

    `dynamic` is the type that is not known, and the constraint `any`. `optional` names the attributes that a
    constraint does not ask for. `open`: an object of which only some attributes are known, by what it is called.
    `size` is the number of types in it, each as often as it occurs.
    """

    kind: Kind
    element: Type | None = None
    elements: tuple[Type, ...] = ()
    attributes: tuple[tuple[str, Type], ...] = ()
    optional: frozenset[str] = frozenset()
    open: str = ""
    size: int = field(init=False, default=1, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.element or self.elements or self.attributes:
            object.__setattr__(self, "size", 1 + sum(part.size for part in parts_of(self)))


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


def name_of(type_: Type) -> str:
    """What messages call a type: `list of string`."""
    if type_.kind == "dynamic":
        return "any type"
    return f"{type_.kind} of {name_of(type_.element)}" if type_.element else type_.kind


def is_primitive(type_: Type) -> bool:
    """Whether it is string, number or bool."""
    return type_.kind in {"string", "number", "bool"}


def has_dynamic(type_: Type) -> bool:
    """Whether a part of it is not known."""
    return type_.kind == "dynamic" or any(map(has_dynamic, parts_of(type_)))


def parts_of(type_: Type) -> tuple[Type, ...]:
    """The types inside a type."""
    inside = (type_.element,) if type_.element else ()
    return (*inside, *type_.elements, *(part for _, part in type_.attributes))


def without_optional(type_: Type) -> Type:
    """The type of the values that a constraint lets through."""
    return Type(
        type_.kind,
        type_.element and without_optional(type_.element),
        tuple(without_optional(part) for part in type_.elements),
        tuple((name, without_optional(part)) for name, part in type_.attributes),
        open=type_.open,
    )
