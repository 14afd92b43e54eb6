"""Attributes and elements of values.

Source: "References to Values", "Types and Values" (Terraform documentation); HCL's `Index` and `GetAttr`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING, Type, is_primitive, name_of
from iamgen_rules.terraform.values import Many, Value, is_same, marked, missing, part_of, unknown

_NO_ELEMENT = "the given key does not identify an element in this collection value"


def attribute(value: Value, name: str) -> Value:
    """`value.name`. Raises EvaluationError where there is none."""
    type_ = value.type
    if value.data is None:
        raise EvaluationError("this value is null, so it does not have any attributes")
    if type_.kind == "object":
        return marked(_attribute_of_object(value, name), value)
    if type_.kind == "map":
        return marked(_element_of_map(value, name, f'this map does not have an element with the key "{name}"'), value)
    if type_.kind == "dynamic":
        return marked(part_of(value, DYNAMIC, name), value)
    raise EvaluationError(_no_attributes(type_))


def index(value: Value, key: Value) -> Value:
    """`value[key]`. Raises EvaluationError where there is no such element."""
    if value.data is None:
        raise EvaluationError("this value is null, so it does not have any indices")
    if key.data is None:
        raise EvaluationError("can't use a null value as an indexing key")
    kind = value.type.kind
    if isinstance(value.data, Many) and is_same(value.data.key, key):
        return marked(value.data.element, value, key)
    if kind == "dynamic" and key.type.kind != "dynamic":
        return marked(part_of(value, DYNAMIC, key), value, key)
    if "dynamic" in {kind, key.type.kind}:
        return marked(unknown(DYNAMIC, *missing(value if kind == "dynamic" else key)), value, key)
    if kind == "set":
        raise EvaluationError(
            "elements of a set are identified only by their value and don't have any separate index or key to select"
            " with, so it's only possible to perform operations across all elements of the set"
        )
    if kind not in {"list", "tuple", "map", "object"}:
        raise EvaluationError("this value does not have any indices")
    found = _by_number(value, key) if kind in {"list", "tuple"} else _by_name(value, key)
    return marked(found, value, key)


def _by_number(value: Value, key: Value) -> Value:
    place = _key(key, NUMBER)
    if value.is_unknown and value.type.kind == "list":
        return part_of(value, value.type.element or DYNAMIC, place)
    return _by_place(value, place)


def _by_place(value: Value, place: Value) -> Value:
    length = len(value.data) if isinstance(value.data, tuple) else len(value.type.elements)
    if place.is_unknown:
        return unknown(value.type.element or DYNAMIC, *missing(value if value.is_unknown else place))
    if isinstance(place.data, Fraction):
        raise EvaluationError(
            f"{_NO_ELEMENT}: indexing a sequence requires a whole number, but the given index has a fractional part"
        )
    if not isinstance(place.data, int):
        raise TypeError(place)
    if place.data < 0:
        raise EvaluationError(f"{_NO_ELEMENT}: a negative number is not a valid index for a sequence")
    if not length:
        raise EvaluationError(f"{_NO_ELEMENT}: the collection has no elements")
    if place.data >= length:
        raise EvaluationError(
            f"{_NO_ELEMENT}: the given index is greater than or equal to the length of the collection"
        )
    if isinstance(value.data, tuple):
        return value.data[place.data]
    return unknown(value.type.elements[place.data], *missing(value))


def _by_name(value: Value, key: Value) -> Value:
    name = _key(key, STRING)
    if not isinstance(name.data, str) and value.is_unknown and value.type.kind == "map":
        return part_of(value, value.type.element or DYNAMIC, name)
    if not isinstance(name.data, str):
        return unknown(value.type.element or DYNAMIC, *missing(name))
    if value.type.kind == "map":
        return _element_of_map(value, name.data, _NO_ELEMENT)
    if value.is_unknown and value.type.kind == "object":
        _attribute_of_object(value, name.data, _NO_ELEMENT)
        return part_of(value, DYNAMIC, name.data, *(f"{one}.{name.data}" for one in missing(value)))
    hint = ": an object only supports looking up attributes by name, not by numeric index"
    return _attribute_of_object(value, name.data, _NO_ELEMENT + (hint if key.type == NUMBER else ""))


def _key(key: Value, wanted: Type) -> Value:
    try:
        return convert(key, wanted)
    except EvaluationError as error:
        raise EvaluationError(f"{_NO_ELEMENT}: {error.message}") from None


def _attribute_of_object(value: Value, name: str, message: str = "") -> Value:
    type_ = dict(value.type.attributes).get(name)
    if type_ is None and value.type.open:
        return unknown(DYNAMIC, f"{value.type.open}.{name}")
    if type_ is None:
        raise EvaluationError(message or f'this object does not have an attribute named "{name}"')
    if isinstance(value.data, Mapping):
        return value.data[name]
    return part_of(value, type_, name, *(f"{one}.{name}" for one in missing(value)))


def _element_of_map(value: Value, name: str, message: str) -> Value:
    if not isinstance(value.data, Mapping):
        return part_of(value, value.type.element or DYNAMIC, name)
    if name not in value.data:
        raise EvaluationError(message)
    return value.data[name]


def _no_attributes(type_: Type) -> str:
    if type_.element and type_.element.kind == "object" and type_.kind in {"list", "set"}:
        return (
            f"can't access attributes on a {type_.kind} of objects; did you mean to access an attribute for a specific"
            f" element of the {type_.kind}, or across all elements of the {type_.kind}?"
        )
    if is_primitive(type_):
        return f"can't access attributes on a primitive-typed value ({name_of(type_)})"
    return "this value does not have any attributes"
