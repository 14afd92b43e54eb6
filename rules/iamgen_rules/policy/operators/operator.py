"""What a condition operator is, and the readers of values that several operators share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from iamgen_rules.policy.text import Text, Unknown, missing_of
from iamgen_rules.policy.truth import NO, Truth, known, unknown
from iamgen_rules.policy.wildcard import Token, match

Compare = Callable[[Text, Sequence[Token]], Truth]
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
)


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

    def compared(value: Text, tokens: Sequence[Token]) -> Truth:
        missing = missing_of(value).union(token.name for token in tokens if isinstance(token, Unknown))
        if missing or not isinstance(value, str):
            return unknown(*missing)
        return known(compare(value, "".join(token for token in tokens if isinstance(token, str))))

    return compared


def of_numbers(compare: Callable[[float, float], bool]) -> Compare:
    """A comparison of two numbers; what is no number matches nothing."""
    return of_text(lambda value, text: _ordered(number(value), number(text), compare))


def of_dates(compare: Callable[[float, float], bool]) -> Compare:
    """A comparison of two points in time; what is no date matches nothing."""
    return of_text(lambda value, text: _ordered(moment(value), moment(text), compare))


def _ordered(one: float | None, other: float | None, compare: Callable[[float, float], bool]) -> bool:
    return one is not None and other is not None and compare(one, other)


def number(text: str) -> float | None:
    """An integer or decimal number, or None."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) != float("inf") else None


def moment(text: str) -> float | None:
    """Seconds since 1970, from a date in W3C's profile of ISO 8601 or from such seconds, or None.

    Four digits are a year. Source: "IAM JSON policy elements: Condition operators", date condition operators.
    """
    found = _DATE.fullmatch(text)
    if not found:
        return number(text)
    try:
        date = datetime.fromisoformat(text if found[3] else f"{found[1]}-{found[2] or '01'}-01")
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()


def never(value: Text, tokens: Sequence[Token]) -> Truth:
    """For `Null`, which compares no values."""
    del value, tokens
    return NO
