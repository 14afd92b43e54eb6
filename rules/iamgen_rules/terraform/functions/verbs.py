"""Numbers as the verbs of `format` write them.

Source: "format Function" (Terraform documentation); the Format methods of Go's big.Int and big.Float.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from iamgen_rules.terraform.functions.arguments import absolute
from iamgen_rules.terraform.number import NEGATIVE_ZERO, text_of_number

_DEFAULT_PRECISION = 6
_SHORT_EXPONENT = 6  # where %g goes over to an exponent if no precision is given
_BASES: dict[str, tuple[str, Callable[[int], str]]] = {
    "b": ("0b", lambda number: f"{number:b}"),
    "d": ("", lambda number: f"{Decimal(number):f}"),  # no limit of digits, other than int's own text
    "o": ("0", lambda number: f"{number:o}"),
    "x": ("0x", lambda number: f"{number:x}"),
    "X": ("0X", lambda number: f"{number:X}"),
}


@dataclass(frozen=True, slots=True)
class Verb:
    """`%-08.3f`: its flags, its width and precision where it has them, its letter."""

    raw: str
    flags: str
    width: int | None
    precision: int | None
    mode: str


def integer(verb: Verb, number: int) -> str:
    """A whole number by `%b`, `%d`, `%o`, `%x` and `%X`."""
    prefix, digits_of = _BASES[verb.mode]
    if "#" not in verb.flags:
        prefix = ""
    digits = digits_of(abs(number))
    if verb.precision is not None:
        digits = "" if number == 0 == verb.precision else digits.rjust(verb.precision, "0")
        if not digits:
            return ""
    sign = _sign(verb, negative=number < 0)
    zeros = "0" in verb.flags and "-" not in verb.flags and verb.precision is None
    return _padded(verb, sign + prefix, digits, zeros=zeros)


def fractional(verb: Verb, number: int | Fraction) -> str:
    """A number by `%e`, `%E`, `%f`, `%g` and `%G`."""
    text = _LETTERS[verb.mode.lower()](absolute(number), verb.precision)
    if verb.mode.isupper():
        text = text.upper()
    return _padded(verb, _sign(verb, negative=_is_negative(number)), text, zeros="0" in verb.flags)


def general(number: int | Fraction) -> str:
    """A number by `%v`."""
    return f"{'-' if _is_negative(number) else ''}{_general(absolute(number), None)}"


def _is_negative(number: int | Fraction) -> bool:
    return number < 0 or number is NEGATIVE_ZERO


def _sign(verb: Verb, *, negative: bool) -> str:
    if negative:
        return "-"
    return "+" if "+" in verb.flags else " " if " " in verb.flags else ""


def _padded(verb: Verb, sign: str, digits: str, *, zeros: bool) -> str:
    width = verb.width or 0
    if zeros:
        return sign + digits.rjust(width - len(sign), "0")
    return (sign + digits).ljust(width) if "-" in verb.flags else (sign + digits).rjust(width)


def _scientific(number: int | Fraction, precision: int | None) -> str:
    digits, point = _rounded(number, 1 + (_DEFAULT_PRECISION if precision is None else precision))
    return _with_exponent(digits, point)


def _fixed(number: int | Fraction, precision: int | None) -> str:
    places = _DEFAULT_PRECISION if precision is None else precision
    digits = f"{Decimal(round(Fraction(number) * 10**places)):f}".rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _general(number: int | Fraction, precision: int | None) -> str:
    if precision is None:
        digits, point = _shortest(number)
        limit = _SHORT_EXPONENT
    else:
        digits, point = _rounded(number, max(precision, 1))
        digits = digits.rstrip("0")
        limit = max(precision, 1)
        if limit > len(digits) >= point:
            limit = len(digits)
    if number and not -4 <= point - 1 < limit:
        return _with_exponent(digits, point)
    if point >= len(digits):
        return digits.ljust(point, "0") or "0"
    return f"{digits[:point]}.{digits[point:]}" if point > 0 else f"0.{'0' * -point}{digits}"


def _with_exponent(digits: str, point: int) -> str:
    exponent = point - 1
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _shortest(number: int | Fraction) -> tuple[str, int]:
    """The fewest digits that mean the number, and where the point stands among them."""
    before, _, after = text_of_number(number).lstrip("-").partition(".")
    digits = (before + after).lstrip("0")
    if before.strip("0"):
        return digits.rstrip("0"), len(before)
    return digits, len(digits) - len(after)


def _rounded(number: int | Fraction, places: int) -> tuple[str, int]:
    """So many digits of a number, and where the point stands among them."""
    if not number:
        return "0" * places, 1
    exact = Fraction(number)
    point = len(f"{Decimal(exact.numerator):f}") - len(f"{Decimal(exact.denominator):f}")
    while exact >= Fraction(10) ** point:
        point += 1
    while exact < Fraction(10) ** (point - 1):
        point -= 1
    digits = f"{Decimal(round(exact * Fraction(10) ** (places - point))):f}"
    return (digits, point) if len(digits) == places else (digits[:places], point + 1)


_LETTERS: dict[str, Callable[[int | Fraction, int | None], str]] = {"e": _scientific, "f": _fixed, "g": _general}
