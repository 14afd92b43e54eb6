"""Functions that look for something in collections, or count it.

Source: "Collection Functions", "sum Function" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.policy.text import Unknown
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.equality import equal
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import element_type, elements, number, unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.functions.graphemes import clusters
from iamgen_rules.terraform.number import rounded
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, Type, list_of, name_of
from iamgen_rules.terraform.unify import unify
from iamgen_rules.terraform.values import Value, boolean, list_value, marked, missing

_COUNTED = {"string", "list", "set", "map", "tuple", "object", "dynamic"}
_SEQUENCES = {"list", "set", "tuple", "dynamic"}


def _length(arguments: Sequence[Value], _: Context) -> Value:
    counted = arguments[0]
    if counted.type.kind not in _COUNTED:
        raise EvaluationError("argument must be a string, a collection type, or a structural type")
    found = _length_of(counted)
    return marked(unknown_by(NUMBER, counted) if found is None else Value(NUMBER, found), counted)


def _length_of(counted: Value) -> int | None:
    """How many elements there are, None where it is not known."""
    if counted.type.kind == "tuple":
        return len(counted.type.elements)
    if counted.type.kind == "object":
        return None if counted.type.open else len(counted.type.attributes)
    if isinstance(counted.data, str):
        return len(clusters(counted.data))
    if counted.is_unknown or counted.type.kind == "string":
        return None
    given = elements(counted)
    # Unknown elements of a set may turn out to be the same as others.
    return None if counted.type.kind == "set" and len(given) > 1 and missing(counted) else len(given)


def _contains(arguments: Sequence[Value], context: Context) -> Value:
    searched, sought = arguments
    if searched.type.kind not in _SEQUENCES:
        raise EvaluationError("argument must be list, tuple, or set")
    if searched.is_unknown or sought.is_unknown:
        return unknown_by(BOOL, *arguments)
    context.meter.spend(len(elements(searched)))
    results = {equal(sought, element) for element in elements(searched)}
    if True in results:
        return boolean(True)
    return unknown_by(BOOL, *arguments) if None in results else boolean(False)


def _index(arguments: Sequence[Value], context: Context) -> Value:
    searched, sought = arguments
    if searched.type.kind not in {"list", "tuple", "dynamic"}:
        raise EvaluationError("argument must be a list or tuple")
    if searched.is_unknown or sought.is_unknown:
        return unknown_by(NUMBER, *arguments)
    if not searched.data:
        raise EvaluationError("cannot search an empty list")
    context.meter.spend(len(elements(searched)))
    for index, element in enumerate(elements(searched)):
        found = equal(element, sought)
        if found is not False:
            return Value(NUMBER, index) if found else unknown_by(NUMBER, *arguments)
    raise EvaluationError("item not found")


def _matchkeys(arguments: Sequence[Value], context: Context) -> Value:
    given, keys, sought = arguments
    type_ = _matched(arguments)
    if any(argument.is_unknown for argument in arguments):
        return unknown_by(type_, *arguments)
    if len(elements(given)) != len(elements(keys)):
        raise EvaluationError("length of keys and values should be equal")
    if not elements(sought):
        return list_value(element_type(type_), ())
    if missing(*arguments):
        return unknown_by(type_, *arguments)
    common = unify([keys.type, sought.type]) or DYNAMIC
    keys, sought = convert(keys, common), convert(sought, common)
    context.meter.spend(len(elements(keys)) * len(elements(sought)))
    pairs = zip(elements(given), elements(keys), strict=True)
    kept = [value for value, key in pairs if any(equal(key, one) for one in elements(sought))]
    return list_value(element_type(type_), kept)


def _matched(arguments: Sequence[Value]) -> Type:
    if unify([arguments[1].type, arguments[2].type]) is None:
        raise EvaluationError("keys and searchset must be of the same type")
    return arguments[0].type


def _sum(arguments: Sequence[Value], _: Context) -> Value:
    added = arguments[0]
    if added.type.kind not in _SEQUENCES:
        raise EvaluationError(f"argument must be list, set, or tuple. Received {name_of(added.type)}", argument=0)
    if not added.is_unknown and not elements(added):
        raise EvaluationError("cannot sum an empty list", argument=0)
    if missing(added):
        return unknown_by(NUMBER, added)
    given = elements(added)
    total = _addend(given[0])
    for element in given[1:]:
        total = Value(NUMBER, rounded(number(total) + number(_addend(element))))
    return total


def _addend(element: Value) -> Value:
    message = "argument must be list, set, or tuple of number values"
    if element.is_null:
        raise EvaluationError(message, argument=0)
    try:
        return convert(element, NUMBER)
    except EvaluationError:
        raise EvaluationError(message, argument=0) from None


def _alltrue(arguments: Sequence[Value], _: Context) -> Value:
    return _all(arguments[0], False)


def _anytrue(arguments: Sequence[Value], _: Context) -> Value:
    return _all(arguments[0], True)


def _all(found: Value, decisive: bool) -> Value:
    """The decisive value if it is one of the elements; null is false."""
    if found.is_unknown:
        return unknown_by(BOOL, found)
    given = {element.data if isinstance(element.data, Unknown) else bool(element.data) for element in elements(found)}
    if decisive in given:
        return boolean(decisive)
    return unknown_by(BOOL, found) if any(isinstance(one, Unknown) for one in given) else boolean(not decisive)


_BOOLS = (Parameter("list", list_of(BOOL), unknown=True),)

FUNCTIONS = {
    "alltrue": Function(_alltrue, _BOOLS, result=BOOL),
    "anytrue": Function(_anytrue, _BOOLS, result=BOOL),
    "contains": Function(_contains, (Parameter("list", unknown=True), Parameter("value", unknown=True)), result=BOOL),
    "index": Function(_index, (Parameter("list", unknown=True), Parameter("value", unknown=True)), result=NUMBER),
    "length": Function(_length, (Parameter("value", unknown=True),), result=NUMBER, marks=True),
    "matchkeys": Function(
        _matchkeys,
        tuple(Parameter(name, list_of(DYNAMIC), unknown=True) for name in ("values", "keys", "searchset")),
    ),
    "sum": Function(_sum, (Parameter("list", unknown=True),), result=NUMBER),
}
