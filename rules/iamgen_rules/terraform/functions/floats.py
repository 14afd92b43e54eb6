"""Logarithms and powers to the last bit as Go computes them, which C's do not always reach.

Powers with a fraction may differ in the last digit, as Go's own do from one processor to another.

Source: math.Log and math.Pow of Go's standard library, after FreeBSD's e_log.c; frexp, ldexp and exp are C's.
"""

from __future__ import annotations

import math

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_EVEN = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)
_ODD = (6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01)


def log(x: float) -> float:
    """The natural logarithm; -inf of 0, nan of what is below."""
    if x == 0:
        return -math.inf
    if x < 0:
        return math.nan
    fraction, exponent = math.frexp(x)
    if fraction < math.sqrt(2) / 2:
        fraction, exponent = fraction * 2, exponent - 1
    f, k = fraction - 1, float(exponent)
    s = f / (2 + f)
    square = s * s
    fourth = square * square
    even = square * (_ODD[0] + fourth * (_ODD[1] + fourth * (_ODD[2] + fourth * _ODD[3])))
    odd = fourth * (_EVEN[0] + fourth * (_EVEN[1] + fourth * _EVEN[2]))
    half_square = 0.5 * f * f
    return k * _LN2_HIGH - ((half_square - (s * (half_square + (even + odd)) + k * _LN2_LOW)) - f)


def power(x: float, y: float) -> float:
    """`x` to the power of `y`; inf where it is too large, nan where there is none."""
    if y in (0, 1) or x == 1:
        return x if y == 1 else 1.0
    if x == 0:
        return _power_of_zero(x, y)
    if y in (0.5, -0.5):
        return _root(x, y)
    return _power(x, y)


def _power_of_zero(x: float, y: float) -> float:
    if y > 0:
        return 0.0
    return math.copysign(math.inf, x) if y % 2 == 1 else math.inf


def _root(x: float, y: float) -> float:
    if x < 0:
        return math.nan
    return math.sqrt(x) if y > 0 else 1 / math.sqrt(x)


def _power(x: float, y: float) -> float:
    fraction, whole = math.modf(abs(y))
    if fraction and x < 0:
        return math.nan
    if whole >= 2.0**63:
        return _power_beyond(x, y)
    result = 1.0
    if fraction:
        if fraction > 0.5:
            fraction, whole = fraction - 1, whole + 1
        result = math.exp(fraction * log(x))
    result, exponent = _times_power(result, x, int(whole))
    return _scaled(1 / result, -exponent) if y < 0 else _scaled(result, exponent)


def _times_power(result: float, x: float, left: int) -> tuple[float, int]:
    """A fraction times `x` to the power of a whole number, as a fraction and the exponent of 2."""
    exponent = 0
    base, shift = math.frexp(x)
    while left:
        if abs(shift) > 1 << 12:  # beyond what any float holds
            exponent += shift
            break
        if left & 1:
            result *= base
            exponent += shift
        base, shift, left = base * base, shift << 1, left >> 1
        if base < 0.5:
            base, shift = base * 2, shift - 1
    return result, exponent


def _power_beyond(x: float, y: float) -> float:
    if x == -1:
        return 1.0
    return 0.0 if (abs(x) < 1) == (y > 0) else math.inf


def _scaled(fraction: float, exponent: int) -> float:
    try:
        return math.ldexp(fraction, exponent)
    except OverflowError:
        return math.copysign(math.inf, fraction)
