"""Conversion of values to types, as Terraform does it by itself.

Source: "Types and Values", "Type Constraints" (Terraform documentation); go-cty's package `convert`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from iamgen_rules.policy.text import Partial, Unknown, missing_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.number import parse, text_of_number
from iamgen_rules.terraform.sets import set_value
from iamgen_rules.terraform.types import (
    DYNAMIC,
    Type,
    has_dynamic,
    list_of,
    map_of,
    name_of,
    object_of,
    tuple_of,
    without_optional,
)  # fmt: skip
from iamgen_rules.terraform.unify import convertible, element_type, replaced, unify
from iamgen_rules.terraform.values import Data, Value, unknown

_BOOLS = {"true": True, "1": True, "false": False, "0": False}
_MISSPELT = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}


def convert(value: Value, target: Type) -> Value:
    """The value as one of the target type; unknown parts stay unknown. Raises EvaluationError where it cannot be."""
    if target.kind == "dynamic" or value.type == target:
        return value
    if not convertible(value.type, target):
        raise EvaluationError(mismatch(value.type, target))
    if value.data is None or isinstance(value.data, Unknown):
        made = replace(value, type=replaced(value.type, without_optional(target)))
        return made if value.type.kind == target.kind else replace(made, data=_as_other(value.data, target.kind))
    if value.type.kind == target.kind and target.kind in {"string", "number", "bool"}:
        return value
    made = _CONVERSIONS[target.kind](value, target)
    return replace(made, sensitive=made.sensitive or value.sensitive, origin=value.origin)


def _as_other(data: Unknown | None, kind: str) -> Unknown | None:
    """What is unknown, as something of another kind: as a set it has lost its order."""
    if data is None or not data.identity or kind not in {"list", "set"}:
        return data
    return replace(data, identity=f"set {data.identity}" if kind == "set" else "")


def mismatch(given: Type, wanted: Type) -> str:
    """What is wrong with a type where another one is asked for."""
    if given.kind == wanted.kind == "object":
        there = dict(given.attributes)
        gone = [name for name, _ in wanted.attributes if name not in there and name not in wanted.optional]
        if gone:
            names = ", ".join(f'"{name}"' for name in gone)
            return f"attribute{'s' if len(gone) > 1 else ''} {names} {'are' if len(gone) > 1 else 'is'} required"
        for name, part in wanted.attributes:
            if name in there and not convertible(there[name], part):
                return f'attribute "{name}": {mismatch(there[name], part)}'
    if given.kind == wanted.kind and given.element and wanted.element:
        return f"incorrect {given.kind} element type: {mismatch(given.element, wanted.element)}"
    return f"{name_of(wanted)} required"


def _to_string(value: Value, target: Type) -> Value:
    data = value.data
    if isinstance(data, bool):
        return Value(target, "true" if data else "false")
    return Value(target, text_of_number(data) if isinstance(data, int | Fraction) else data)


def _to_number(value: Value, target: Type) -> Value:
    if isinstance(value.data, Partial):
        return unknown(target, *missing_of(value.data))
    found = parse(value.data) if isinstance(value.data, str) else None
    if found is None:
        raise EvaluationError("a number is required")
    return Value(target, found)


def _to_bool(value: Value, target: Type) -> Value:
    if isinstance(value.data, Partial):
        return unknown(target, *missing_of(value.data))
    text = value.data if isinstance(value.data, str) else ""
    if text in _BOOLS:
        return Value(target, _BOOLS[text])
    hint = f'; to convert from string, use lowercase "{_MISSPELT[text]}"' if text in _MISSPELT else ""
    raise EvaluationError(f"a bool is required{hint}")


def _to_sequence(value: Value, target: Type) -> Value:
    given = value.data if isinstance(value.data, tuple) else ()
    wanted = _element(value, target)
    element, made = _one_type([_within(part, wanted, place) for place, part in enumerate(given)], wanted)
    return set_value(element, made) if target.kind == "set" else Value(list_of(element), tuple(made))


def _to_map(value: Value, target: Type) -> Value:
    given = _mapping(value.data)
    wanted = _element(value, target)
    if value.type.open:
        return unknown(map_of(without_optional(wanted)), value.type.open)
    element, made = _one_type([_within(part, wanted, key) for key, part in given.items()], wanted)
    return Value(map_of(element), dict(zip(given, made, strict=True)))


def _to_tuple(value: Value, target: Type) -> Value:
    given = value.data if isinstance(value.data, tuple) else ()
    made = tuple(_within(*pair, place) for place, pair in enumerate(zip(given, target.elements, strict=True)))
    return Value(tuple_of(part.type for part in made), made)


def _to_object(value: Value, target: Type) -> Value:
    given = _mapping(value.data)
    made: dict[str, Value] = {}
    for name, wanted in target.attributes:
        if name in given:
            made[name] = _within(given[name], wanted, name)
        elif value.type.open:
            made[name] = unknown(without_optional(wanted), f"{value.type.open}.{name}")
        elif name in target.optional:
            made[name] = Value(without_optional(wanted), None)
        else:
            raise EvaluationError(f'map has no element for required attribute "{name}"')
    return Value(object_of({name: part.type for name, part in made.items()}), made)


_CONVERSIONS: dict[str, Callable[[Value, Type], Value]] = {
    "string": _to_string,
    "number": _to_number,
    "bool": _to_bool,
    "list": _to_sequence,
    "set": _to_sequence,
    "map": _to_map,
    "tuple": _to_tuple,
    "object": _to_object,
}


def _mapping(data: Data) -> Mapping[str, Value]:
    return data if isinstance(data, Mapping) else {}


def _element(value: Value, target: Type) -> Type:
    if value.type.element:
        return value.type.element if target.element == DYNAMIC else target.element or DYNAMIC
    return element_type(value.type, target) or DYNAMIC


def _within(part: Value, wanted: Type, place: str | int) -> Value:
    """A part, converted; an error says which one it was."""
    try:
        return convert(part, wanted)
    except EvaluationError as error:
        where = f"element {place}" if isinstance(place, int) else f'element "{place}"'
        raise EvaluationError(f"{where}: {error.message}", lasting=error.lasting) from None


def _one_type(made: Sequence[Value], wanted: Type) -> tuple[Type, Sequence[Value]]:
    """The elements of a collection as values of one type, which they have to be once `any` is filled in."""
    if not made:
        return without_optional(wanted), made
    types = [part.type for part in made]
    if not has_dynamic(wanted) and len(set(types)) == 1:
        return types[0], made
    element = unify(types)
    if element is None:
        raise EvaluationError("all elements must have the same type")
    return element, [convert(part, element) for part in made]
