"""Calls of functions.

Source: "Function Calls" (Terraform documentation); go-cty's package `function`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions import functions
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.names import placed
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Call, Expression, Extent
from iamgen_rules.terraform.types import DYNAMIC, Type
from iamgen_rules.terraform.values import Value, is_sensitive, missing, unknown

Evaluate = Callable[[Expression, Scope], Value]
Argument = tuple[Value, Extent]


def call(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The result of a function; unknown where an argument is that the function does not look at itself."""
    function = functions().get(node.function)
    if function is None:
        near = get_close_matches(node.function, functions(), n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise EvaluationError(f'there is no function named "{node.function}"{hint}', node.extent)
    arguments = _arguments(node, scope, evaluate)
    if arguments is None:
        return _of_unknown_arguments(node, scope, evaluate)
    _check_number(node, function, arguments)
    scope.context.meter.spend()
    given = [_argument(*pair, _parameter(function, place)) for place, pair in enumerate(arguments)]
    sensitive = not function.marks and is_sensitive(*given)
    plain = [_unmarked(value) for value in given] if sensitive else given
    result = _result(node, function, plain, scope, arguments)
    return replace(result, sensitive=True) if sensitive else result


def _arguments(node: Call, scope: Scope, evaluate: Evaluate) -> Sequence[Argument] | None:
    """The values of the arguments, the last one spread; None where how many there are is not known."""
    found = [(evaluate(argument, scope), argument.extent) for argument in node.arguments]
    if not node.expand:
        return found
    last, extent = found.pop()
    if last.data is None:
        raise EvaluationError("the expanding argument (indicated by ...) must not be null", extent)
    if last.type.kind not in {"dynamic", "list", "set", "tuple"}:
        raise EvaluationError("the expanding argument (indicated by ...) must be of a tuple, list, or set type", extent)
    if not isinstance(last.data, tuple) or (last.type.kind == "set" and missing(last)):
        return None
    spread = [replace(value, sensitive=value.sensitive or last.sensitive) for value in last.data]
    return [*found, *((value, extent) for value in spread)]


def _of_unknown_arguments(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    last = evaluate(node.arguments[-1], scope)
    return replace(unknown(DYNAMIC, *missing(last)), sensitive=last.sensitive)


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
            return unknown(_type(function, given), *names)
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
