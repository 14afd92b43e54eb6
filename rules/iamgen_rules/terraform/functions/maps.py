"""Functions of maps and objects. Elements may be unknown where the result only moves them.

Source: "Collection Functions" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import element_type, elements, entries, text, unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import DYNAMIC, STRING, Type, list_of, map_of, name_of, object_of
from iamgen_rules.terraform.values import (
    Many,
    Value,
    is_sensitive,
    list_value,
    many,
    map_value,
    marked,
    missing,
    object_value,
    string,
    tuple_value,
)  # fmt: skip

_MAPPINGS = {"map", "object"}
_LISTS_BY_TEXT = map_of(list_of(STRING))


def _keys(arguments: Sequence[Value], context: Context) -> Value:
    found = arguments[0]
    if found.type.kind not in {*_MAPPINGS, "dynamic"}:
        raise EvaluationError("must have map or object type", argument=0)
    if found.type.kind == "object" and not found.type.open:
        return marked(tuple_value(string(name) for name, _ in found.type.attributes), found)
    if found.is_unknown or found.type.open:
        return unknown_by(DYNAMIC if found.type.open else list_of(STRING), found)
    context.meter.elements(len(entries(found)))
    return marked(list_value(STRING, map(string, entries(found))), found)


def _values(arguments: Sequence[Value], _: Context) -> Value:
    found = arguments[0]
    if found.type.kind not in {*_MAPPINGS, "dynamic"}:
        raise EvaluationError("values() requires a map as the first argument")
    if isinstance(found.data, Many):
        return many(found, found.data.element, found.data)
    if found.is_unknown or found.type.open:
        return unknown_by(list_of(found.type.element) if found.type.element else DYNAMIC, found)
    given = elements(found)
    return marked(list_value(found.type.element, given) if found.type.element else tuple_value(given), found)


def _lookup(arguments: Sequence[Value], _: Context) -> Value:
    if len(arguments) > 3:
        raise EvaluationError(f"lookup() takes two or three arguments, got {len(arguments)}")
    searched, key, *defaults = arguments
    if searched.type.kind not in {*_MAPPINGS, "dynamic"}:
        raise EvaluationError("lookup() requires a map as the first argument", argument=0)
    default = [_default(searched.type, one) for one in defaults]
    if not isinstance(key.data, str):
        return unknown_by(searched.type.element or DYNAMIC, searched, key)
    found = _found(searched, key.data)
    if found is None and not default:
        shown = "(sensitive value)" if key.sensitive else f'"{key.data}"'
        if searched.type.kind == "object":
            raise EvaluationError(f"the given object has no attribute {shown}", argument=0)
        raise EvaluationError(f"lookup failed to find key {shown}")
    return marked(found or default[0], searched, key)


def _found(searched: Value, key: str) -> Value | None:
    """The element with a key, unknown where nothing is known of it; None where there is none."""
    if isinstance(searched.data, Mapping) and key in searched.data:
        return searched.data[key]
    if searched.type.kind == "object" and not searched.type.open:
        attributes = dict(searched.type.attributes)
        return unknown_by(attributes[key], searched) if key in attributes else None
    return unknown_by(searched.type.element or DYNAMIC, searched) if searched.is_unknown or searched.type.open else None


def _default(searched: Type, default: Value) -> Value:
    if searched.element is None:
        return default
    try:
        return convert(default, searched.element)
    except EvaluationError:
        message = "the default value must have the same type as the map elements"
        raise EvaluationError(message, argument=2) from None


def _merge(arguments: Sequence[Value], context: Context) -> Value:
    for number, argument in enumerate(arguments):
        if argument.type.kind not in {*_MAPPINGS, "dynamic"}:
            message = f"arguments must be maps or objects, got {name_of(argument.type)}"
            raise EvaluationError(message, argument=number)
    common = _merged_type(arguments)
    if any(argument.is_unknown or argument.type.open for argument in arguments):
        return unknown_by(common, *arguments)
    given = [entries(argument) for argument in arguments if not argument.is_null]
    context.meter.elements(sum(map(len, given)))
    merged = {key: element for found in given for key, element in found.items()}
    return marked(map_value(common.element, merged) if common.element else object_value(merged), *arguments)


def _merged_type(arguments: Sequence[Value]) -> Type:
    """The type of what is merged: that of all arguments where it is the same, else an object's."""
    types = {argument.type for argument in arguments}
    if len(types) == 1:
        return arguments[0].type
    attributes: dict[str, Type] = {}
    for argument in arguments:
        if argument.type.open or argument.type == DYNAMIC or (argument.type.element and argument.is_unknown):
            return DYNAMIC
        if not argument.is_null:
            given = argument.type.attributes
            attributes |= given or ((key, one.type) for key, one in entries(argument).items())
    return object_of(attributes)


def _transpose(arguments: Sequence[Value], context: Context) -> Value:
    found: dict[str, list[str]] = {}
    number = 0
    for key, listed in entries(arguments[0]).items():
        if listed.is_null or any(element.is_null for element in elements(listed)):
            raise EvaluationError("neither lists nor their elements may be null", argument=0)
        for element in elements(listed):
            found.setdefault(text(element), []).append(key)
            number += 1
    context.meter.elements(number)
    return map_value(
        list_of(STRING), {key: list_value(STRING, map(string, sorted(keys))) for key, keys in found.items()}
    )


def _zipmap(arguments: Sequence[Value], context: Context) -> Value:
    keys, given = arguments
    if given.type.kind not in {"list", "tuple", "dynamic"}:
        raise EvaluationError("values argument must be a list or tuple value")
    result = map_of(given.type.element) if given.type.element else DYNAMIC
    if missing(keys) or (given.is_unknown and given.type.kind != "tuple"):
        return unknown_by(result, *arguments)
    names = elements(keys)
    length = len(given.type.elements) if given.type.kind == "tuple" else len(elements(given))
    if len(names) != length:
        raise EvaluationError(f"number of keys ({len(names)}) does not match number of values ({length})")
    for index, name in enumerate(names):
        if name.is_null:
            raise EvaluationError(f"keys list has null value at index {index}")
    if given.is_unknown:
        return unknown_by(object_of(dict(zip(map(text, names), given.type.elements, strict=True))), *arguments)
    context.meter.elements(len(names))
    zipped: Mapping[str, Value] = {text(name): value for name, value in zip(names, elements(given), strict=True)}
    made = map_value(element_type(given.type), zipped) if given.type.element else object_value(zipped)
    return marked(made, given, Value(DYNAMIC, None, sensitive=is_sensitive(keys)))


_MAP = (Parameter("inputMap", unknown=True),)

FUNCTIONS = {
    "keys": Function(_keys, _MAP, marks=True),
    "lookup": Function(
        _lookup,
        (*_MAP, Parameter("key", STRING, unknown=True)),
        variadic=Parameter("default", null=True, unknown=True),
        marks=True,
    ),
    "merge": Function(_merge, variadic=Parameter("maps", null=True, unknown=True), marks=True),
    "transpose": Function(_transpose, (Parameter("values", _LISTS_BY_TEXT),), result=_LISTS_BY_TEXT),
    "values": Function(_values, (Parameter("mapping", unknown=True),), marks=True),
    "zipmap": Function(
        _zipmap, (Parameter("keys", list_of(STRING), unknown=True), Parameter("values", unknown=True)), marks=True
    ),
}
