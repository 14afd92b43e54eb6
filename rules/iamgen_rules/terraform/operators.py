"""Operators.

Source: "Arithmetic and Logical Operators" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import ge, gt, le, lt

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.equality import equal
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.number import NEGATIVE_ZERO, Number, negated, rounded
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Binary, Expression, Unary
from iamgen_rules.terraform.types import BOOL, NUMBER, Type
from iamgen_rules.terraform.values import Value, boolean, marked, missing, number, unknown

Evaluate = Callable[[Expression, Scope], Value]


def unary(node: Unary, scope: Scope, evaluate: Evaluate) -> Value:
    """`-a` and `!a`."""
    wanted = NUMBER if node.operator == "-" else BOOL
    value = operand(evaluate(node.operand, scope), wanted, node.operand, "unary")
    if value.is_unknown:
        return marked(unknown(wanted, *missing(value)), value)
    if isinstance(value.data, bool):
        return marked(boolean(not value.data), value)
    return marked(Value(NUMBER, negated(_number(value))), value)


def binary(node: Binary, scope: Scope, evaluate: Evaluate) -> Value:
    """`a + b` and all other operators with two operands; both are evaluated."""
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    if node.operator in {"==", "!="}:
        scope.context.meter.spend(left.size + right.size)
        return marked(_equality(left, right, unequal=node.operator == "!="), left, right)
    wanted = BOOL if node.operator in {"&&", "||"} else NUMBER
    left = operand(left, wanted, node.left, "left")
    right = operand(right, wanted, node.right, "right")
    if wanted == BOOL:
        return marked(_logic(left, right, decisive=node.operator == "||"), left, right)
    result = BOOL if node.operator in _COMPARISONS else NUMBER
    if left.is_unknown or right.is_unknown:
        return marked(unknown(result, *missing(left, right)), left, right)
    one, other = _number(left), _number(right)
    if node.operator in _COMPARISONS:
        return marked(boolean(_COMPARISONS[node.operator](one, other)), left, right)
    if node.operator == "/" and other == 0:
        # Terraform goes on with an infinity, or stops at 0/0; it cannot write either.
        raise EvaluationError("division by zero", node.extent, lasting=one != 0)
    return marked(number(_ARITHMETIC[node.operator](one, other)), left, right)


def operand(value: Value, wanted: Type, node: Expression, side: str) -> Value:
    """An operand as its operator needs it. Raises EvaluationError for null and for what does not convert."""
    try:
        found = convert(value, wanted)
    except EvaluationError as error:
        raise EvaluationError(f"unsuitable value for {side} operand: {error.message}", node.extent) from None
    if found.data is None:
        raise EvaluationError(f"the {side} operand must not be null", node.extent)
    return found


def _equality(left: Value, right: Value, *, unequal: bool) -> Value:
    found = equal(left, right)
    if found is None:
        return unknown(BOOL, *missing(left, right))
    return boolean(found is not unequal)


def _logic(left: Value, right: Value, *, decisive: bool) -> Value:
    """`&&` and `||`: one operand with the decisive value is enough, whatever the other one is."""
    if decisive in (left.data, right.data):
        return boolean(decisive)
    if left.is_unknown or right.is_unknown:
        return unknown(BOOL, *missing(left, right))
    return boolean(not decisive)


def _number(value: Value) -> Number:
    if not isinstance(value.data, int | Fraction):
        raise TypeError(value)
    return value.data


def _product(one: Number, other: Number) -> Number:
    found = one * other
    if found == 0 and _is_negative(one) is not _is_negative(other):
        return NEGATIVE_ZERO
    return found


def _sum(one: Number, other: Number) -> Number:
    both = one is NEGATIVE_ZERO and other is NEGATIVE_ZERO
    return NEGATIVE_ZERO if both else one + other


def _difference(one: Number, other: Number) -> Number:
    both = one is NEGATIVE_ZERO and other == 0 and other is not NEGATIVE_ZERO
    return NEGATIVE_ZERO if both else one - other


def _quotient(one: Number, other: Number) -> Number:
    return _product(one, Fraction(1) / Fraction(other))


def _remainder(one: Number, other: Number) -> Number:
    """What is left after as many whole ones as fit, counted towards zero; all of it where the other is zero."""
    if other == 0:
        return one
    return _difference(one, rounded(other * int(rounded(_quotient(one, other)))))


def _is_negative(of: Number) -> bool:
    return of < 0 or of is NEGATIVE_ZERO


_ARITHMETIC: Mapping[str, Callable[[Number, Number], Number]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "%": _remainder,
}
_COMPARISONS: Mapping[str, Callable[[Number, Number], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}
