"""Evaluation of expressions.

Source: "Expressions" (Terraform documentation). Where Terraform 1.11 says that a whole is unknown because a part of it
is, the other parts are kept: strings with holes, and what no unknown can change (`unknown && false`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from iamgen_rules.policy.text import Partial
from iamgen_rules.terraform.calls import call
from iamgen_rules.terraform.conditional import conditional
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.loops import for_object, for_tuple, splat
from iamgen_rules.terraform.names import reference
from iamgen_rules.terraform.number import parse
from iamgen_rules.terraform.operators import binary, unary
from iamgen_rules.terraform.origins import Literal
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Constant,
    Each,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Name,
    ObjectOf,
    Splat,
    Template,
    TupleOf,
    Unary,
)  # fmt: skip
from iamgen_rules.terraform.templates import template
from iamgen_rules.terraform.types import DYNAMIC, STRING
from iamgen_rules.terraform.values import NULL, Value, boolean, missing, number, object_value, tuple_value, unknown

Evaluate = Callable[[Expression, Scope], Value]


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value of an expression, unknown by name where it depends on what is not known.

    Raises EvaluationError, with an extent, for an expression that Terraform would refuse.
    """
    meter = scope.context.meter
    meter.spend()
    with meter.nested():
        try:
            return _FORMS[type(expression)](expression, scope, evaluate)
        except EvaluationError as error:
            error.through.setdefault(id(expression), None)
            raise


def _constant(node: Constant, _scope: Scope, _evaluate: Evaluate) -> Value:
    if isinstance(node.value, bool):
        return boolean(node.value)
    if node.value is None:
        return NULL
    found = parse(node.value)
    if found is None:
        raise EvaluationError(f"{node.value} is not a number", node.extent)
    return number(found)


def _tuple(node: TupleOf, scope: Scope, evaluate: Evaluate) -> Value:
    made: list[Value] = []
    for element in node.elements:  # a comprehension would be one more level of Python's own
        made.append(written(evaluate(element, scope), element, scope))  # noqa: PERF401
    return written(tuple_value(made), node, scope)


def _object(node: ObjectOf, scope: Scope, evaluate: Evaluate) -> Value:
    made: dict[str, Value] = {}
    keys: list[Value] = []
    for item in node.items:
        key, value = _key(evaluate(item[0], scope), item[0]), evaluate(item[1], scope)
        keys.append(key)
        if isinstance(key.data, str):
            made[key.data] = written(value, item[1], scope)
    names = missing(*keys)
    found = unknown(DYNAMIC, *names) if names else object_value(made)
    found = written(found, node, scope)
    return replace(found, sensitive=True) if any(key.sensitive for key in keys) else found


def written(value: Value, node: Expression, scope: Scope) -> Value:
    """The value with where it is written, where it does not know already and no text is handed on with it."""
    if value.origin or (isinstance(value.data, str | Partial)):
        return value
    return replace(value, origin=Literal(scope, node))


def _key(value: Value, node: Expression) -> Value:
    if value.data is None:
        raise EvaluationError("can't use a null value as a key", node.extent)
    try:
        return convert(value, STRING)
    except EvaluationError as error:
        raise EvaluationError(f"can't use this value as a key: {error.message}", node.extent) from None


_FORMS: Mapping[type, Callable[[Any, Scope, Evaluate], Value]] = {
    Constant: _constant,
    Template: template,
    Name: reference,
    Attribute: reference,
    Index: reference,
    Each: reference,
    Splat: splat,
    Call: call,
    Unary: unary,
    Binary: binary,
    Conditional: conditional,
    TupleOf: _tuple,
    ObjectOf: _object,
    ForTuple: for_tuple,
    ForObject: for_object,
}
