"""What a condition operator is, and the readers of values that several operators share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from iamgen_rules.policy.text import Text, Unknown, missing_of
from iamgen_rules.policy.truth import NO, Truth, known, unknown
from iamgen_rules.policy.wildcard import Token, match

Compare = Callable[[Text, Sequence[Token]], Truth]
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NEARLY_NUMBER = re.compile(
    r"\s*[+-]?(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?)\s*"
)
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}(-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?"
)
_NEARLY_DATE = re.compile(r"\s*[+-]?[0-9]+[Tt:-][0-9TZtz:.,+\s-]*")
_YEAR = re.compile(r"[0-9]{4}")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Operator:
    """`compare` asks whether one value of the key matches one value of the policy, which is given as tokens.

    A negated operator holds where its key has none of the policy's values, and where the key is absent.
    `wildcards` and `variables`: whether a policy's values may have them.
    """

    name: str
    compare: Compare
    negated: bool = False
    wildcards: bool = False
    variables: bool = False


def like(value: Text, tokens: Sequence[Token]) -> Truth:
    """Whether a text matches, letter by letter but for wildcards."""
    return match(tokens, value)


def of_text(compare: Callable[[str, str], bool]) -> Compare:
    """A comparison of two plain texts; unknown where either has a hole."""
    return _of_known_text(lambda value, text: known(compare(value, text)))


def _of_known_text(compare: Callable[[str, str], Truth]) -> Compare:
    def compared(value: Text, tokens: Sequence[Token]) -> Truth:
        missing = missing_of(value).union(token.name for token in tokens if isinstance(token, Unknown))
        if missing or not isinstance(value, str):
            return unknown(*missing)
        return compare(value, "".join(token for token in tokens if isinstance(token, str)))

    return compared


def of_numbers(compare: Callable[[float, float], bool]) -> Compare:
    """A comparison of two numbers; what is no number matches nothing."""
    return _ordered(number, compare)


def of_dates(compare: Callable[[float, float], bool]) -> Compare:
    """A comparison of two points in time; what is no date matches nothing."""
    return _ordered(moment, compare)


def _ordered(read: Callable[[str], float | Unknown | None], compare: Callable[[float, float], bool]) -> Compare:
    def compared(value: str, text: str) -> Truth:
        one, other = read(value), read(text)
        if one is None or other is None:
            return NO
        missing = [side.name for side in (one, other) if isinstance(side, Unknown)]
        if missing or isinstance(one, Unknown) or isinstance(other, Unknown):
            return unknown(*missing)
        return known(compare(one, other))

    return _of_known_text(compared)


def number(text: str) -> float | Unknown | None:
    """An integer or decimal number, or None.

    Source: "IAM JSON policy elements: Condition operators", which names no other notation: what another would be
    is unknown.
    """
    value = float(text) if _NUMBER.fullmatch(text) else None
    if value is not None and isfinite(value):
        return value
    return Unknown(f"the number {text[:_LONGEST]}") if _NEARLY_NUMBER.fullmatch(text) else None


def moment(text: str) -> float | Unknown | None:
    """Seconds since 1970, from a date in W3C's profile of ISO 8601 or from such seconds, or None.

    Source: "IAM JSON policy elements: Condition operators", date condition operators. What looks like a date in
    another format is unknown, and so are four digits, which are a year for W3C, and seconds.
    """
    unclear = Unknown(f"the date {text[:_LONGEST]}")
    found = _DATE.fullmatch(text)
    if not found:
        return unclear if _YEAR.fullmatch(text) or _NEARLY_DATE.fullmatch(text) else number(text)
    try:
        date = datetime.fromisoformat(text if found[1] else f"{text}-01")
    except ValueError:
        return unclear
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
