"""Calls of functions.

Source: "Function Calls" (Terraform documentation); go-cty's package `function`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from iamgen_rules.terraform.attempts import attempt, can
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions import function_named, functions
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.names import placed
from iamgen_rules.terraform.origins import Encoded, Literal
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Attribute, Call, Expression, Extent, Index, Name
from iamgen_rules.terraform.types import DYNAMIC, Type
from iamgen_rules.terraform.values import Value, inside, is_sensitive, missing, unknown

Evaluate = Callable[[Expression, Scope], Value]
Argument = tuple[Value, Extent]

_PARTS_OF_A_STEP = 16  # values in a value
_TEXTS = {"file", "templatefile", "templatestring"}  # of which a policy may be made


def call(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The result of a function; unknown where an argument is that the function does not look at itself."""
    if node.function in {"try", "can"}:
        return (attempt if node.function == "try" else can)(node, scope, evaluate)
    function = function_named(node.function)
    if function is None:
        near = get_close_matches(node.function, functions(), n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise EvaluationError(f'there is no function named "{node.function}"{hint}', node.extent)
    _check_references(node, function)
    given: list[Argument] = []
    for argument in node.arguments:  # a comprehension would be one more level of Python's own
        given.append((evaluate(argument, scope), argument.extent))  # noqa: PERF401
    if node.expand and not _is_known_list(*given[-1]):
        last = given[-1][0]
        return replace(unknown(DYNAMIC, *missing(last)), sensitive=last.sensitive)
    return _called(node, function, [*given[:-1], *_spread(*given[-1])] if node.expand else given, scope)


def _called(node: Call, function: Function, arguments: Sequence[Argument], scope: Scope) -> Value:
    _check_number(node, function, arguments)
    scope.context.meter.spend(1 + sum(value.size for value, _ in arguments) // _PARTS_OF_A_STEP)
    given = [_argument(*pair, _parameter(function, place)) for place, pair in enumerate(arguments)]
    sensitive = not function.marks and is_sensitive(*given)
    plain = [_unmarked(value) for value in given] if sensitive else given
    result = _result(node, function, plain, scope, arguments)
    if node.function == "jsonencode":
        result = replace(result, origin=Encoded(given[0], Literal(scope, node)))
    elif node.function in _TEXTS and result.origin is None:
        result = replace(result, origin=Literal(scope, node))
    return replace(result, sensitive=True) if sensitive else result


def _check_references(node: Call, function: Function) -> None:
    for argument, parameter in zip(node.arguments, function.parameters, strict=False):
        if parameter.reference and not _is_reference(argument):
            raise EvaluationError(f'"{parameter.name}" must be a reference to a value', argument.extent)


def _is_reference(node: Expression) -> bool:
    while isinstance(node, Attribute | Index):
        node = node.object if isinstance(node, Attribute) else node.collection
    return isinstance(node, Name)


def _is_known_list(value: Value, extent: Extent) -> bool:
    """Whether it is known which arguments a list is spread to. Raises EvaluationError for what is no list."""
    if value.data is None:
        raise EvaluationError("the expanding argument (indicated by ...) must not be null", extent)
    if value.type.kind not in {"dynamic", "list", "set", "tuple"}:
        raise EvaluationError("the expanding argument (indicated by ...) must be of a tuple, list, or set type", extent)
    return isinstance(value.data, tuple) and not (value.type.kind == "set" and missing(value))


def _spread(value: Value, extent: Extent) -> Sequence[Argument]:
    return [(replace(part, sensitive=part.sensitive or value.sensitive), extent) for part in inside(value)]


def _check_number(node: Call, function: Function, arguments: Sequence[Argument]) -> None:
    least = len(function.parameters)
    if len(arguments) < least:
        more = "at least " if function.variadic else ""
        name = function.parameters[len(arguments)].name
        raise EvaluationError(
            f'function "{node.function}" expects {more}{least} argument(s); missing value for "{name}"', node.extent
        )
    if len(arguments) > least and function.variadic is None:
        extent = arguments[least][1]
        raise EvaluationError(f'function "{node.function}" expects only {least} argument(s)', extent)


def _parameter(function: Function, place: int) -> Parameter:
    if place < len(function.parameters):
        return function.parameters[place]
    if function.variadic is None:
        raise IndexError(place)
    return function.variadic


def _argument(value: Value, extent: Extent, parameter: Parameter) -> Value:
    try:
        found = convert(value, parameter.type)
    except EvaluationError as error:
        raise EvaluationError(f'invalid value for "{parameter.name}" parameter: {error.message}', extent) from None
    if found.data is None and not parameter.null:
        raise EvaluationError(f'invalid value for "{parameter.name}" parameter: argument must not be null', extent)
    return found


def _result(
    node: Call, function: Function, given: Sequence[Value], scope: Scope, arguments: Sequence[Argument]
) -> Value:
    try:
        unseen = [value for place, value in enumerate(given) if not _parameter(function, place).unknown]
        if names := missing(*unseen):
            of_any = any(value.type == DYNAMIC for value in unseen)
            return unknown(DYNAMIC if of_any else _type(function, given), *names)
        return function.call(given, scope.context)
    except EvaluationError as error:
        if error.argument is None or error.argument >= len(arguments):
            failed = EvaluationError(
                f'call to function "{node.function}" failed: {error.message}', lasting=error.lasting
            )
            raise placed(failed, error.extent or node.extent) from None
        name = _parameter(function, error.argument).name
        raise EvaluationError(
            f'invalid value for "{name}" parameter: {error.message}',
            arguments[error.argument][1],
            lasting=error.lasting,
        ) from None


def _type(function: Function, given: Sequence[Value]) -> Type:
    return function.result(given) if callable(function.result) else function.result


def _unmarked(value: Value) -> Value:
    if isinstance(value.data, tuple):
        return replace(value, data=tuple(map(_unmarked, value.data)), sensitive=False)
    if isinstance(value.data, dict):
        return replace(value, data={key: _unmarked(part) for key, part in value.data.items()}, sensitive=False)
    return replace(value, sensitive=False)
