"""Functions that convert, choose or mark values without computing new ones.

Source: "Type Conversion Functions", "coalesce Function" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iamgen_rules.policy.text import Partial
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, STRING, Type, list_of, map_of, name_of, set_of
from iamgen_rules.terraform.unify import unify
from iamgen_rules.terraform.values import Value, boolean

_ANY = (Parameter("value", null=True, unknown=True),)


def _to(wanted: Type) -> Function:
    def call(arguments: Sequence[Value], _: Context) -> Value:
        try:
            return convert(arguments[0], wanted)
        except EvaluationError as error:
            raise EvaluationError(_refusal(arguments[0], wanted, error), argument=0) from None

    return Function(call, (Parameter("v", null=True, unknown=True),), result=wanted, marks=True)


def _refusal(given: Value, wanted: Type, error: EvaluationError) -> str:
    name = name_of(given.type)
    if given.sensitive:
        return f"cannot convert this sensitive {name} to {name_of(wanted)}"
    if isinstance(given.data, str) and wanted == BOOL:
        return f'cannot convert "{given.data}" to bool; only the strings "true" or "false" are allowed'
    if isinstance(given.data, str) and wanted == NUMBER:
        return f'cannot convert "{given.data}" to number; given string must be a decimal representation of a number'
    return f"cannot convert {name} to {name_of(wanted)}: {error.message}"


def _coalesce(arguments: Sequence[Value], _: Context) -> Value:
    common = unify([argument.type for argument in arguments]) if arguments else None
    if arguments and common is None:
        raise EvaluationError("all arguments must have the same type")
    for argument in arguments:
        found = convert(argument, common or DYNAMIC)
        if found.is_unknown or (isinstance(found.data, Partial) and _may_be_empty(found.data)):
            return unknown_by(common or DYNAMIC, found)
        if not found.is_null and found.data != "":
            return found
    raise EvaluationError("no non-null, non-empty-string arguments")


def _may_be_empty(text: Partial) -> bool:
    return not any(isinstance(part, str) for part in text.parts)


def _sensitive(arguments: Sequence[Value], _: Context) -> Value:
    return replace(arguments[0], sensitive=True)


def _nonsensitive(arguments: Sequence[Value], _: Context) -> Value:
    return replace(arguments[0], sensitive=False)


def _issensitive(arguments: Sequence[Value], _: Context) -> Value:
    asked = arguments[0]
    return unknown_by(BOOL, asked) if asked.is_unknown and not asked.sensitive else boolean(asked.sensitive)


def _ephemeralasnull(arguments: Sequence[Value], _: Context) -> Value:
    """What is not ephemeral stays; of what is ephemeral nothing is known anyway."""
    return arguments[0]


FUNCTIONS = {
    "coalesce": Function(_coalesce, variadic=Parameter("vals", null=True, unknown=True)),
    "ephemeralasnull": Function(_ephemeralasnull, _ANY, marks=True),
    "issensitive": Function(_issensitive, _ANY, result=BOOL, marks=True),
    "nonsensitive": Function(_nonsensitive, _ANY, marks=True),
    "sensitive": Function(_sensitive, _ANY, marks=True),
    "tobool": _to(BOOL),
    "tolist": _to(list_of(DYNAMIC)),
    "tomap": _to(map_of(DYNAMIC)),
    "tonumber": _to(NUMBER),
    "toset": _to(set_of(DYNAMIC)),
    "tostring": _to(STRING),
}
