"""Terraform's numbers: 512 bits, printed as the shortest decimal that is read back as the same number.

Source: go-cty's `ParseNumberVal` and Go's `big.Float.Text('f', -1)`, which Terraform uses.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

Number = int | Fraction

_BITS = 512
_DIGITS = 10_000  # of an exponent or a numeral; Terraform reads more, nobody writes more
_NUMERAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?")


class _NegativeZero(int):
    """A zero that prints as `-0`."""


NEGATIVE_ZERO: int = _NegativeZero(0)


def parse(text: str) -> Number | None:
    """The number that a text means; None where it means none."""
    if not _NUMERAL.fullmatch(text) or len(text) > _DIGITS or not text.isascii():
        return None
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if exponent and abs(int(exponent[1])) > _DIGITS:
        return None
    found = Fraction(Decimal(text))  # int() has a limit of digits
    return NEGATIVE_ZERO if not found and text.startswith("-") else rounded(found)


def rounded(number: Number, bits: int = _BITS) -> Number:
    """The nearest number of so many bits, the even one of two that are as near; an int where it is whole."""
    if isinstance(number, int) and number.bit_length() <= bits:
        return number
    exact = Fraction(number)
    shift = bits - _magnitude(exact)
    scaled = round(exact * Fraction(2) ** shift)
    return _plain(Fraction(scaled) / Fraction(2) ** shift)


def shortest(number: Number, bits: int) -> Number:
    """A number of fewer bits as the decimal that it prints as: what a float is from then on."""
    found = rounded(number, bits)
    if isinstance(found, int) and found.bit_length() <= bits:
        return found
    return rounded(Fraction(_shortest(Fraction(found), bits)))


def text_of_number(number: Number) -> str:
    """How Terraform prints it: without exponent."""
    if number is NEGATIVE_ZERO:
        return "-0"
    if isinstance(number, int) and number.bit_length() <= _BITS:
        return str(number)
    return _shortest(Fraction(number), _BITS)


def negated(number: Number) -> Number:
    """`-number`."""
    if number == 0:
        return 0 if number is NEGATIVE_ZERO else NEGATIVE_ZERO
    return -number


def _plain(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def _magnitude(number: Fraction) -> int:
    """The exponent of a binary numeral: 2 ** (magnitude - 1) <= |number| < 2 ** magnitude."""
    guess = abs(number.numerator).bit_length() - number.denominator.bit_length()
    return guess + 1 if abs(number) >= Fraction(2) ** guess else guess


def _shortest(number: Fraction, bits: int) -> str:
    exponent = _magnitude(number) - bits - 1  # one bit more, for half a unit in the last place
    mantissa = int(abs(number) / Fraction(2) ** exponent)
    digits, point = _decimal(mantissa, exponent)
    low, high = _decimal(mantissa - 1, exponent)[0], _decimal(mantissa + 1, exponent)[0]
    digits, point = _cut(digits, point, low, high, even=mantissa & 2 == 0)
    sign = "-" if number < 0 else ""
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if point >= len(digits):
        return sign + digits.ljust(point, "0")
    return f"{sign}{digits[:point]}.{digits[point:]}"


def _decimal(mantissa: int, exponent: int) -> tuple[str, int]:
    """The digits of mantissa * 2 ** exponent without zeros at the end, and where the point stands among them."""
    whole = mantissa << exponent if exponent >= 0 else mantissa * 5**-exponent
    digits = f"{Decimal(whole):f}"  # str() has a limit of digits
    return digits.rstrip("0"), len(digits) + min(exponent, 0)


def _cut(digits: str, point: int, low: str, high: str, *, even: bool) -> tuple[str, int]:
    """The fewest digits that lie between the neighbours, or on them where an even number would take them."""
    for place, digit in enumerate(digits):
        below, above = low[place : place + 1] or "0", high[place : place + 1] or "0"
        down = below != digit or (even and place + 1 == len(low))
        up = digit != above and (even or int(digit) + 1 < int(above) or place + 1 < len(high))
        if down or up:
            rest = digits[place + 1 :]
            nearer_up = rest > "5" or (rest == "5" and int(digit) % 2 == 1)
            return _cut_at(digits[: place + 1], point, upwards=up and (nearer_up or not down))
    return digits, point


def _cut_at(digits: str, point: int, *, upwards: bool) -> tuple[str, int]:
    if not upwards:
        return digits.rstrip("0") or "0", point
    raised = str(int(digits) + 1)
    return raised.rstrip("0"), point + len(raised) - len(digits)
