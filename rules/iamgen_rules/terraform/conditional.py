"""`condition ? then : otherwise`.

Source: "Conditional Expressions" (Terraform documentation): both arms are converted to one type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.equality import equal
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.failing import type_of_failing
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Conditional, Expression
from iamgen_rules.terraform.types import BOOL, DYNAMIC, Type, name_of
from iamgen_rules.terraform.unify import unify
from iamgen_rules.terraform.values import NULL, Value, is_sensitive, marked, missing, unknown

Evaluate = Callable[[Expression, Scope], Value]
Arm = Value | EvaluationError


def conditional(node: Conditional, scope: Scope, evaluate: Evaluate) -> Value:
    """The arm that the condition chooses, as the type that both have in common; the other one may be wrong."""
    then, otherwise = _arm(node.then, scope, evaluate), _arm(node.otherwise, scope, evaluate)
    type_ = _common(node, then, otherwise, scope, evaluate)
    try:
        return _chosen(node, (then, otherwise), type_, scope, evaluate)
    except EvaluationError as error:
        error.through[id(node)] = type_
        raise


def _chosen(node: Conditional, arms: tuple[Arm, Arm], type_: Type, scope: Scope, evaluate: Evaluate) -> Value:
    then, otherwise = arms
    condition = _condition(node, evaluate(node.condition, scope))
    if condition.is_unknown:
        return marked(_either(node, arms, type_, condition), condition)
    chosen, arm = (then, node.then) if condition.data else (otherwise, node.otherwise)
    if isinstance(chosen, EvaluationError):
        raise chosen
    return marked(_converted(chosen, type_, arm), condition)


def _arm(node: Expression, scope: Scope, evaluate: Evaluate) -> Arm:
    try:
        return evaluate(node, scope)
    except EvaluationError as error:
        return error


def _condition(node: Conditional, value: Value) -> Value:
    if value.data is None:
        raise EvaluationError("the condition value is null: it must be true or false", node.condition.extent)
    try:
        return convert(value, BOOL)
    except EvaluationError:
        raise EvaluationError("the condition expression must be of type bool", node.condition.extent) from None


def _common(node: Conditional, then: Arm, otherwise: Arm, scope: Scope, evaluate: Evaluate) -> Type:
    one, other = (
        arm.type if isinstance(arm, Value) else type_of_failing(part, arm, scope, evaluate)
        for part, arm in ((node.then, then), (node.otherwise, otherwise))
    )
    if then == NULL:
        return other
    if otherwise == NULL:
        return one
    if "dynamic" in {one.kind, other.kind}:
        return DYNAMIC
    found = unify([one, other])
    if found is None:
        raise EvaluationError(
            "the true and false result expressions must have consistent types:"
            f" the 'true' value is {name_of(one)}, but the 'false' value is {name_of(other)}",
            node.extent,
        )
    return found


def _converted(value: Value, type_: Type, node: Expression) -> Value:
    try:
        return convert(value, type_)
    except EvaluationError as error:
        raise EvaluationError(f"this arm of the condition has the wrong type: {error.message}", node.extent) from None


def _either(node: Conditional, arms: tuple[Arm, Arm], type_: Type, condition: Value) -> Value:
    """What the arms have in common, where which one it is depends on what is unknown."""
    found: list[Value] = []
    for arm, expression in zip(arms, (node.then, node.otherwise), strict=True):
        if isinstance(arm, EvaluationError):
            return unknown(type_, *missing(condition))
        try:
            found.append(_converted(arm, type_, expression))
        except EvaluationError:
            return unknown(type_, *missing(condition))
    return _shared(found[0], found[1], condition)


def _shared(one: Value, other: Value, condition: Value) -> Value:
    if one.type == other.type and not missing(one, other) and equal(one, other) is True:
        return replace(one, sensitive=one.sensitive or is_sensitive(other))
    if one.type == other.type and one.type.kind in {"tuple", "object"} and not one.type.open:
        mine, theirs = one.data, other.data
        sensitive = one.sensitive or other.sensitive
        if isinstance(mine, tuple) and isinstance(theirs, tuple):
            return Value(
                one.type, tuple(_shared(*pair, condition) for pair in zip(mine, theirs, strict=True)), sensitive
            )
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            return Value(one.type, {key: _shared(mine[key], theirs[key], condition) for key in mine}, sensitive)
    type_ = one.type if one.type == other.type else DYNAMIC
    return marked(unknown(type_, *missing(condition)), one, other)
