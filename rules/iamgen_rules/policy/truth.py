"""Three-valued truth (Kleene): NO < UNKNOWN < YES; and = min, or = max. An unknown says what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

_NO, _UNKNOWN, _YES = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Truth:
    """NO, YES, or unknown with the names of the values that would decide it. It has no `bool()`."""

    level: int
    missing: frozenset[str] = frozenset()

    def __bool__(self) -> NoReturn:
        """Refused, because unknown is neither: ask `is_yes`, `is_no` or `is_unknown`."""
        raise TypeError("a Truth is no bool: ask is_yes, is_no or is_unknown")

    def __and__(self, other: Truth) -> Truth:
        """The lesser; of two unknowns, one that misses what either misses."""
        return both(self, other) if self.level == other.level else min(self, other, key=_level)

    def __or__(self, other: Truth) -> Truth:
        """The greater; of two unknowns, one that misses what either misses."""
        return both(self, other) if self.level == other.level else max(self, other, key=_level)

    def __invert__(self) -> Truth:
        """NO for YES and YES for NO; unknown stays."""
        return Truth(_YES - self.level, self.missing)

    def __repr__(self) -> str:
        """`YES`, `NO` or `unknown(var.x)`."""
        return ("NO", f"unknown({', '.join(sorted(self.missing))})", "YES")[self.level]

    @property
    def is_yes(self) -> bool:
        """Whether it is known to be so."""
        return self.level == _YES

    @property
    def is_no(self) -> bool:
        """Whether it is known not to be so."""
        return self.level == _NO

    @property
    def is_unknown(self) -> bool:
        """Whether what is missing decides."""
        return self.level == _UNKNOWN


def _level(truth: Truth) -> int:
    return truth.level


def both(one: Truth, other: Truth) -> Truth:
    """Two truths of one level as one."""
    return Truth(one.level, one.missing | other.missing)


NO = Truth(_NO)
YES = Truth(_YES)


def unknown(*missing: str) -> Truth:
    """Unknown for want of these values."""
    return Truth(_UNKNOWN, frozenset(missing))


def known(condition: bool) -> Truth:
    """YES or NO."""
    return YES if condition else NO


def all_of(truths: Iterable[Truth]) -> Truth:
    """YES where there is none; stops at the first NO."""
    result = YES
    for truth in truths:
        if truth.is_no:
            return NO
        result &= truth
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """NO where there is none; stops at the first YES."""
    result = NO
    for truth in truths:
        if truth.is_yes:
            return YES
        result |= truth
    return result
