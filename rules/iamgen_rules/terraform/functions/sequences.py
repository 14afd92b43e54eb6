"""Functions of lists, sets and tuples. Elements may be unknown where the result only moves them.

Source: "Collection Functions" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import elements, text, unknown_by, whole
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.sets import fingerprint
from iamgen_rules.terraform.traverse import index
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING, Type, list_of, name_of, tuple_of
from iamgen_rules.terraform.unify import unify
from iamgen_rules.terraform.values import NULL, Value, list_value, marked, tuple_value

_LISTS = ("list", "tuple")


def _chunklist(arguments: Sequence[Value], context: Context) -> Value:
    found, size_value = arguments
    result = list_of(found.type)
    if found.is_unknown or size_value.is_unknown:
        return unknown_by(result, *arguments)
    size = whole(size_value, 1, "invalid index")
    if size < 0:
        raise EvaluationError("the size argument must be positive")
    given = elements(found)
    context.meter.elements(len(given))
    step = size or max(len(given), 1)
    chunks = [given[start : start + step] for start in range(0, len(given), step)]
    made = Value(result, tuple(Value(found.type, tuple(chunk)) for chunk in chunks))
    return marked(made, found, size_value)


def _compact(arguments: Sequence[Value], context: Context) -> Value:
    kept = [element for element in elements(arguments[0]) if not element.is_null and text(element)]
    context.meter.elements(len(kept))
    return list_value(STRING, kept)


def _concat(arguments: Sequence[Value], context: Context) -> Value:
    if not arguments:
        raise EvaluationError("at least one argument is required")
    common = unify([argument.type for argument in arguments]) if _all_lists(arguments) else None
    if common is None:
        for number, argument in enumerate(arguments):
            if argument.type.kind not in {*_LISTS, "dynamic"}:
                message = f"all arguments must be lists or tuples; got {name_of(argument.type)}"
                raise EvaluationError(message, argument=number)
    if any(argument.is_unknown for argument in arguments):
        return unknown_by(common or _tuple_type(arguments), *arguments)
    given = arguments if common is None else [convert(argument, common) for argument in arguments]
    made = [element for argument in given for element in elements(argument)]
    context.meter.elements(len(made))
    return marked(tuple_value(made) if common is None else Value(common, tuple(made)), *arguments)


def _all_lists(arguments: Sequence[Value]) -> bool:
    return all(argument.type.kind == "list" for argument in arguments)


def _tuple_type(arguments: Sequence[Value]) -> Type:
    if any(argument.type.kind != "tuple" for argument in arguments):
        return DYNAMIC
    return tuple_of(part for argument in arguments for part in argument.type.elements)


def _distinct(arguments: Sequence[Value], context: Context) -> Value:
    found: dict[str, Value] = {}
    for element in elements(arguments[0]):
        found.setdefault(fingerprint(element), element)
    context.meter.elements(len(found))
    return Value(arguments[0].type, tuple(found.values()))


def _element(arguments: Sequence[Value], _: Context) -> Value:
    found, index_value = arguments
    if found.type.kind not in {*_LISTS, "dynamic"}:
        raise EvaluationError(f"cannot read elements from {name_of(found.type)}")
    if found.is_unknown and found.type.kind != "tuple":
        return index(found, index_value)
    if found.is_unknown or index_value.is_unknown:
        return unknown_by(found.type.element or DYNAMIC, *arguments)
    place = whole(index_value, 1, "invalid index")
    given = elements(found)
    if not given:
        raise EvaluationError("cannot use element function with an empty list")
    if place < 0 and place % len(given) and found.type.kind == "tuple":  # of a list Terraform counts from the end
        raise EvaluationError("cannot use element function with a negative index")
    return marked(given[place % len(given)], *arguments)


def _coalescelist(arguments: Sequence[Value], _: Context) -> Value:
    if not arguments:
        raise EvaluationError("at least one argument is required")
    if any(argument.type.kind not in {*_LISTS, "dynamic"} or argument == NULL for argument in arguments):
        raise EvaluationError("coalescelist arguments must be lists or tuples")
    for argument in arguments:
        if argument.is_unknown:
            return unknown_by(DYNAMIC, argument)
        if argument.data:
            return argument
    raise EvaluationError("no non-null arguments")


def _flatten(arguments: Sequence[Value], context: Context) -> Value:
    found = arguments[0]
    if found.type.kind not in {"list", "set", "tuple", "dynamic"}:
        raise EvaluationError("can only flatten lists, sets and tuples")
    flat: list[Value] = []
    inside: list[Value] = []
    stack = [found]
    while stack:
        one = stack.pop()
        if one.is_unknown and one.type.kind in {"list", "set", "tuple", "dynamic"}:
            return marked(unknown_by(DYNAMIC, found), *inside, one)
        if one.is_null or one.type.kind not in {"list", "set", "tuple"}:
            flat.append(one)
            continue
        inside.append(one)
        context.meter.spend(len(elements(one)))
        stack.extend(reversed(elements(one)))
    context.meter.elements(len(flat))
    return marked(tuple_value(flat), *inside)


def _one(arguments: Sequence[Value], _: Context) -> Value:
    found = arguments[0]
    if found.type.kind not in {"list", "set", "tuple", "dynamic"} or len(found.type.elements) > 1:
        raise EvaluationError("must be a list, set, or tuple value with either zero or one elements", argument=0)
    if found.is_unknown:
        return unknown_by(found.type.element or DYNAMIC, found)
    given = elements(found)
    if len(given) > 1:
        raise EvaluationError("must be a list, set, or tuple value with either zero or one elements", argument=0)
    return marked(given[0] if given else Value(found.type.element or DYNAMIC, None), found)


def _reverse(arguments: Sequence[Value], _: Context) -> Value:
    found = arguments[0]
    if found.type.kind not in {"list", "set", "tuple", "dynamic"}:
        message = f"can only reverse list or tuple values, not {name_of(found.type)}"
        raise EvaluationError(message, argument=0)
    type_ = list_of(found.type.element) if found.type.element else tuple_of(reversed(found.type.elements))
    if found.is_unknown:
        return unknown_by(type_ if found.type.kind != "dynamic" else DYNAMIC, found)
    return marked(Value(type_, tuple(reversed(elements(found)))), found)


def _slice(arguments: Sequence[Value], _: Context) -> Value:
    found = arguments[0]
    if found.type.kind == "set":
        reason = "its elements do not have indices; explicitly convert to a list if the ordering of the result is not"
        raise EvaluationError(f"cannot slice a set, because {reason} important", argument=0)
    if found.type.kind not in {*_LISTS, "dynamic"}:
        raise EvaluationError("must be a list or tuple value", argument=0)
    start, end = _bound(arguments, 1, "start"), _bound(arguments, 2, "end")
    if start is not None and end is not None and start > end:
        raise EvaluationError("start index must not be greater than end index", argument=1)
    if any(argument.is_unknown for argument in arguments):
        return unknown_by(found.type if found.type.kind == "list" else DYNAMIC, *arguments)
    cut = elements(found)[start:end]
    return marked(Value(found.type, tuple(cut)) if found.type.element else tuple_value(cut), *arguments)


def _bound(arguments: Sequence[Value], number: int, called: str) -> int | None:
    """An index of `slice`, None where it is not known."""
    if arguments[number].is_unknown:
        return None
    index = whole(arguments[number], number, f"invalid {called} index")
    if index < 0:
        raise EvaluationError(f"{called} index must not be less than zero", argument=number)
    found = arguments[0]
    length = (
        len(found.type.elements) if found.type.kind == "tuple" else None if found.is_unknown else len(elements(found))
    )
    if length is not None and index > length:
        raise EvaluationError(f"{called} index must not be greater than the length of the list", argument=number)
    return index


_ANY = Parameter("list", unknown=True)
_ANY_LIST = Parameter("list", list_of(DYNAMIC), unknown=True)
_STRINGS = list_of(STRING)

FUNCTIONS = {
    "chunklist": Function(_chunklist, (_ANY_LIST, Parameter("size", NUMBER, unknown=True)), marks=True),
    "coalescelist": Function(_coalescelist, variadic=Parameter("vals", null=True, unknown=True)),
    "compact": Function(_compact, (Parameter("list", _STRINGS),), result=_STRINGS),
    "concat": Function(_concat, variadic=Parameter("seqs", unknown=True), marks=True),
    "distinct": Function(_distinct, (Parameter("list", list_of(DYNAMIC)),), result=lambda arguments: arguments[0].type),
    "element": Function(_element, (_ANY, Parameter("index", NUMBER, unknown=True)), marks=True),
    "flatten": Function(_flatten, (_ANY,), marks=True),
    "one": Function(_one, (_ANY,)),
    "reverse": Function(_reverse, (_ANY,), marks=True),
    "slice": Function(
        _slice,
        (_ANY, Parameter("start_index", NUMBER, unknown=True), Parameter("end_index", NUMBER, unknown=True)),
        marks=True,
    ),
}
