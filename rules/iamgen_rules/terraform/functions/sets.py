"""Functions of sets, and the product of lists.

Source: "Collection Functions" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import prod

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import element_type, elements, unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.sets import fingerprint, set_value
from iamgen_rules.terraform.types import DYNAMIC, Type, list_of, set_of, tuple_of
from iamgen_rules.terraform.unify import unify
from iamgen_rules.terraform.values import Value, is_sensitive, list_value, marked, missing, tuple_value

_SETS = ("list", "set", "tuple")


def _result(arguments: Sequence[Value]) -> Type:
    """The type of sets that all of these are; an empty one that nothing is known of is every type."""
    parts = [
        argument.type.element
        for argument in arguments
        if argument.type.element and (argument.is_unknown or argument.data or argument.type.element != DYNAMIC)
    ]
    common = unify(parts) if parts else DYNAMIC
    if common is None:
        raise EvaluationError("given sets must all have compatible element types")
    return set_of(common)


def _operation(keep: Callable[[set[str], set[str]], set[str]]) -> Callable[[Sequence[Value], Context], Value]:
    def call(arguments: Sequence[Value], context: Context) -> Value:
        type_ = _result(arguments)
        given = [{fingerprint(one): one for one in elements(convert(argument, type_))} for argument in arguments]
        context.meter.elements(sum(map(len, given)))
        kept = set(given[0])
        for other in given[1:]:
            kept = keep(kept, set(other))
        found = {key: one for each in given for key, one in each.items()}
        return set_value(element_type(type_), (found[key] for key in kept))

    return call


def _union(arguments: Sequence[Value], context: Context) -> Value:
    type_ = _result(arguments)
    if any(argument.is_unknown for argument in arguments):
        return unknown_by(type_, *arguments)
    given = [one for argument in arguments for one in elements(convert(argument, type_))]
    context.meter.elements(len(given))
    return set_value(element_type(type_), given)


def _setproduct(arguments: Sequence[Value], context: Context) -> Value:
    type_ = _product_type(arguments)
    if any(argument.data == () for argument in arguments) and type_ != DYNAMIC:
        return marked(Value(type_, ()), *arguments)
    if any(argument.is_unknown or _uncounted(argument) for argument in arguments):
        return unknown_by(type_, *arguments)
    context.meter.elements(prod(len(elements(argument)) for argument in arguments) * len(arguments))
    tuple_type = element_type(type_)
    columns = [
        [convert(one, part) for one in elements(argument)]
        for argument, part in zip(arguments, tuple_type.elements, strict=True)
    ]
    rows = [tuple_value(row) for row in product(*columns)]
    sensitive = Value(DYNAMIC, None, sensitive=type_.kind == "set" and is_sensitive(*rows))
    made = list_value(tuple_type, rows) if type_.kind == "list" else set_value(tuple_type, rows)
    return marked(made, *arguments, sensitive)


def _uncounted(argument: Value) -> bool:
    return argument.type.kind == "set" and len(elements(argument)) > 1 and bool(missing(argument))


def _product_type(arguments: Sequence[Value]) -> Type:
    if len(arguments) < 2:
        raise EvaluationError("at least two arguments are required")
    if any(argument.type == DYNAMIC for argument in arguments):
        return DYNAMIC
    parts: list[Type] = []
    for number, argument in enumerate(arguments):
        if argument.type.kind not in _SETS:
            raise EvaluationError("a set or a list is required", argument=number)
        part = argument.type.element or (unify(argument.type.elements) if argument.type.elements else DYNAMIC)
        if part is None:
            raise EvaluationError("all elements must be of the same type", argument=number)
        parts.append(part)
    made = tuple_of(parts)
    return set_of(made) if any(argument.type.kind == "set" for argument in arguments) else list_of(made)


def _set(name: str, *, unknown: bool = False) -> Parameter:
    return Parameter(name, set_of(DYNAMIC), unknown=unknown)


FUNCTIONS = {
    "setintersection": Function(
        _operation(set.intersection), (_set("first_set"),), variadic=_set("other_sets"), result=_result
    ),
    "setproduct": Function(_setproduct, variadic=Parameter("sets", unknown=True), marks=True),
    "setsubtract": Function(_operation(set.difference), (_set("a"), _set("b")), result=_result),
    "setunion": Function(
        _union, (_set("first_set", unknown=True),), variadic=_set("other_sets", unknown=True), result=_result
    ),
}
