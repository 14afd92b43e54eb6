"""Functions of numbers.

Source: "Numeric Functions" (Terraform documentation).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions import floats
from iamgen_rules.terraform.functions.arguments import absolute, number, pieces, unknown_by, whole
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.number import rounded, shortest
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING, list_of, name_of
from iamgen_rules.terraform.values import Value, list_value

_MOST_BITS = 512  # more would be rounded, which Terraform does not do here
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CASELESS = 36  # in bases up to here, capitals mean the same as small letters
_BITS_OF_FLOAT = 53
_MOST_IN_RANGE = 1024  # Terraform's own limit
_LARGEST_FLOAT = 1.79769313486231570814527423731704356798070e308


def _of_number(change: Callable[[int | Fraction], int | Fraction]) -> Function:
    def call(arguments: Sequence[Value], _: Context) -> Value:
        return Value(NUMBER, change(number(arguments[0])))

    return Function(call, (Parameter("num", NUMBER),), result=NUMBER)


def _signum(arguments: Sequence[Value], _: Context) -> Value:
    found = whole(arguments[0], 0)
    return Value(NUMBER, (found > 0) - (found < 0))


def _extreme(choose: Callable[[Sequence[int | Fraction]], int | Fraction]) -> Function:
    def call(arguments: Sequence[Value], _: Context) -> Value:
        if not arguments:
            raise EvaluationError("must pass at least one number")
        return Value(NUMBER, choose([number(argument) for argument in arguments]))

    return Function(call, variadic=Parameter("numbers", NUMBER), result=NUMBER)


def _of_floats(compute: Callable[[float, float], float], *names: str) -> Function:
    def call(arguments: Sequence[Value], _: Context) -> Value:
        made = compute(_float(arguments[0], 0), _float(arguments[1], 1))
        if not math.isfinite(made):
            raise EvaluationError("the result is not a finite number", lasting=True)
        return Value(NUMBER, shortest(Fraction(made), _BITS_OF_FLOAT))

    return Function(call, tuple(Parameter(name, NUMBER) for name in names), result=NUMBER)


def _float(value: Value, argument: int) -> float:
    try:
        return float(number(value))
    except OverflowError:
        message = f"value must be between {-_LARGEST_FLOAT} and {_LARGEST_FLOAT} inclusive"
        raise EvaluationError(message, argument=argument) from None


def _logarithm(value: float, base: float) -> float:
    divisor = floats.log(base)
    return floats.log(value) / divisor if divisor else math.nan


def _parseint(arguments: Sequence[Value], context: Context) -> Value:
    written, base_value = arguments
    if written.type not in {STRING, DYNAMIC}:
        raise EvaluationError(f"first argument must be a string, not {name_of(written.type)}", argument=0)
    if written.is_unknown or base_value.is_unknown or not isinstance(pieces(written), str):
        return unknown_by(NUMBER, written, base_value)
    base = whole(base_value, 1)
    if not 2 <= base <= len(_DIGITS):
        raise EvaluationError("base must be a whole number between 2 and 62 inclusive", argument=1)
    return Value(NUMBER, _parsed(str(pieces(written)), base, context))


def _parsed(written: str, base: int, context: Context) -> int:
    digits = written[1:] if written[:1] in {"+", "-"} else written
    context.meter.spend(len(digits) * (1 + len(digits) // 1000))  # it takes quadratic time
    result = 0
    for character in digits:
        digit = _DIGITS.find(character.lower() if base <= _CASELESS else character)
        if not 0 <= digit < base:
            raise EvaluationError(f'cannot parse "{written}" as a base {base} integer', argument=0)
        result = result * base + digit
    if not digits:
        raise EvaluationError(f'cannot parse "{written}" as a base {base} integer', argument=0)
    if result.bit_length() > _MOST_BITS:
        raise EvaluationError(f"a number of more than {_MOST_BITS} bits", argument=0, lasting=True)
    return -result if written.startswith("-") else result


def _range(arguments: Sequence[Value], context: Context) -> Value:
    start, end, step = _bounds([number(argument) for argument in arguments])
    if not step:
        raise EvaluationError("step must not be zero", argument=2)
    if step < 0 and end > start:
        raise EvaluationError("end must be less than start when step is negative", argument=1)
    if step > 0 and end < start:
        raise EvaluationError("end must be greater than start when step is positive", argument=1)
    if math.ceil(Fraction(end - start) / step) > _MOST_IN_RANGE:
        message = f"more than {_MOST_IN_RANGE} values were generated; either decrease the difference between start and "
        raise EvaluationError(message + "end or use a smaller step")
    made: list[Value] = []
    current = start
    while current < end if step > 0 else current > end:
        made.append(Value(NUMBER, current))
        current = rounded(current + step)
    context.meter.elements(len(made))
    return list_value(NUMBER, made)


def _bounds(given: Sequence[int | Fraction]) -> tuple[int | Fraction, int | Fraction, int | Fraction]:
    if not 1 <= len(given) <= 3:
        raise EvaluationError("must have one, two, or three arguments")
    if len(given) == 3:
        return given[0], given[1], given[2]
    start, end = (0, given[0]) if len(given) == 1 else (given[0], given[1])
    return start, end, -1 if end < start else 1


FUNCTIONS = {
    "abs": _of_number(absolute),
    "ceil": _of_number(math.ceil),
    "floor": _of_number(math.floor),
    "log": _of_floats(_logarithm, "num", "base"),
    "max": _extreme(max),
    "min": _extreme(min),
    "parseint": Function(
        _parseint, (Parameter("number", unknown=True), Parameter("base", NUMBER, unknown=True)), result=NUMBER
    ),
    "pow": _of_floats(floats.power, "num", "power"),
    "range": Function(_range, variadic=Parameter("params", NUMBER), result=list_of(NUMBER)),
    "signum": Function(_signum, (Parameter("num", NUMBER),), result=NUMBER),
}
