"""Terraform's values: typed, and unknown where only the apply knows.

A string with unknown pieces is `policy.text.Partial`. An unknown names what is missing: `var.x`,
`aws_kms_key.k.arn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from unicodedata import normalize

from iamgen_rules.account.resource import Origin
from iamgen_rules.policy.text import Partial, Text, Unknown, identified, itself, missing_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.number import rounded
from iamgen_rules.terraform.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    tuple_of,
)  # fmt: skip

_LARGEST = 150_000  # parts of a value; an account may have 5,000 users

Data = None | Unknown | bool | int | Fraction | str | Partial | tuple["Value", ...] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value. `data` is None for null (of any type), Unknown where nothing of it is known.

    A number is an int where it is whole, else a Fraction, rounded to 512 bits as Terraform does. tuple, list: a
    tuple of values; set: the same, in Terraform's order, each once; map, object: by key, in Terraform's order.
    `sensitive` is not unknown: the value is there. `origin`: where its text was written, as long as it is passed on
    unchanged.

    `size` is the number of values in it, each as often as it occurs: `[x, x]` has twice as many as x, and takes twice
    as long to look at. Raises a lasting EvaluationError for one that is too large.
    """

    type: Type
    data: Data
    sensitive: bool = False
    origin: Origin | None = field(default=None, compare=False)
    size: int = field(init=False, default=1, compare=False, repr=False)

    def __post_init__(self) -> None:
        if isinstance(self.data, str | int):  # most are
            return
        size = 1 + sum(part.size for part in inside(self)) if isinstance(self.data, tuple | Mapping) else 1
        if max(size, self.type.size) > _LARGEST:
            raise EvaluationError(f"a value of more than {_LARGEST:,} parts", lasting=True)
        if size > 1:
            object.__setattr__(self, "size", size)

    @property
    def is_null(self) -> bool:
        """Whether it is null."""
        return self.data is None

    @property
    def is_unknown(self) -> bool:
        """Whether nothing of it is known; a string of which pieces are known is not."""
        return isinstance(self.data, Unknown)


def unknown(type_: Type, *names: str) -> Value:
    """An unknown value, by the names of what is missing."""
    return Value(type_, Unknown(", ".join(sorted({one for name in names for one in name.split(", ")}))))


def not_given(type_: Type, name: str) -> Value:
    """An unknown value that has its name for itself."""
    return Value(type_, itself(name))


@dataclass(frozen=True, slots=True)
class Many(Unknown):
    """An unknown collection of what `element` stands for, under a key that stands for any: `[?]`.

    `condition` is the key of what decides how many there are.
    """

    key: Value = field(compare=False)
    element: Value = field(compare=False)
    condition: str = field(compare=False)

    @property
    def is_list(self) -> bool:
        """Whether it is in order; else by key."""
        return self.key.type == NUMBER


def of_instance(value: Value, address: str, name: str) -> Value:
    """An attribute of an instance that stands for all: what is unknown of it is the same wherever it is asked for."""
    if not address or isinstance(value.data, Many) or not isinstance(value.data, Unknown | Partial):
        return value
    return replace(value, data=identified(value.data, f"{address}.{name}"))


def many(unknown_: Value, element: Value, of: Many, key: Value | None = None) -> Value:
    """A list of what is made of each of many; with their `key`, each has the place that it had."""
    key = key or Value(NUMBER, Unknown(of.name))
    return Value(DYNAMIC, Many(of.name, key, element, of.condition), unknown_.sensitive)


def part_of(value: Value, type_: Type, key: str | Value, *names: str) -> Value:
    """A part of an unknown value; the same part of the same value is the same one. `names` are what it is called."""
    identity = _identity_of(value), _identity_of(key) if isinstance(key, Value) else repr(key)
    called = ", ".join(sorted(names or missing(value)))
    return Value(type_, Unknown(called, identity="{}[{}]".format(*identity) if all(identity) else ""))


def _identity_of(value: Value) -> str:
    data = value.data
    return data.identity if isinstance(data, Unknown) else repr(data) if isinstance(data, str | int) else ""


def any_in(name: str, identity: str) -> Unknown:
    """What stands for any element of an unknown set, by the identity of the set."""
    return Unknown(name, identity=f"?each {identity}" if identity else "")


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are one and the same, the same number or unknown."""
    return (isinstance(one.data, int) and one.data == other.data) or (
        isinstance(one.data, Unknown)
        and isinstance(other.data, Unknown)
        and one.data.identity == other.data.identity != ""
    )


NULL = Value(DYNAMIC, None)
TRUE = Value(BOOL, data=True)
FALSE = Value(BOOL, data=False)


def boolean(data: bool) -> Value:
    """`true` or `false`."""
    return TRUE if data else FALSE


def number(data: int | Fraction) -> Value:
    """A number, rounded as Terraform rounds."""
    return Value(NUMBER, rounded(data))


def string(data: Text) -> Value:
    """A string in normal form C, as Terraform keeps it; with unknown pieces, or unknown."""
    if isinstance(data, Partial):
        return Value(STRING, Partial(tuple(_normal(part) if isinstance(part, str) else part for part in data.parts)))
    return Value(STRING, _normal(data) if isinstance(data, str) else data)


def tuple_value(elements: Iterable[Value]) -> Value:
    """`[a, b]`."""
    data = tuple(elements)
    return Value(tuple_of(element.type for element in data), data)


def object_value(attributes: Mapping[str, Value], called: str = "") -> Value:
    """`{a = 1}`; `called`: what it is called where there may be more attributes than these."""
    data = dict(sorted(attributes.items()))
    return Value(object_of({name: value.type for name, value in data.items()}, called=called), data)


def list_value(element: Type, elements: Iterable[Value]) -> Value:
    """A list; every element is of the type already."""
    return Value(list_of(element), tuple(elements))


def map_value(element: Type, elements: Mapping[str, Value]) -> Value:
    """A map; every element is of the type already."""
    return Value(map_of(element), dict(sorted(elements.items())))


def inside(value: Value) -> Iterable[Value]:
    """The elements of a collection, tuple or object that are known."""
    if isinstance(value.data, tuple):
        return value.data
    return value.data.values() if isinstance(value.data, Mapping) else ()


def missing(*values: Value) -> frozenset[str]:
    """The names of all that is unknown in values."""
    found: set[str] = set()
    for value in values:
        if isinstance(value.data, Unknown | Partial):
            found |= missing_of(value.data)
        found |= missing(*inside(value))
        found |= {value.type.open} - {""}
    return frozenset(found)


def is_sensitive(*values: Value) -> bool:
    """Whether something in the values is sensitive."""
    return any(value.sensitive or is_sensitive(*inside(value)) for value in values)


def marked(value: Value, *sources: Value) -> Value:
    """The value, sensitive where one of the sources itself is."""
    return replace(value, sensitive=True) if any(source.sensitive for source in sources) else value


def _normal(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)
