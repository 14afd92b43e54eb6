"""Moments and durations, as Go's `time` reads and writes them: of years before 1 and behind 9999, too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from iamgen_rules.terraform.evaluation_error import EvaluationError

_DAY = 24 * 60 * 60
_NANO = 10**9
_MOST_NANOSECONDS = 2**63 - 1
_CYCLE, _YEARS_OF_CYCLE = 146_097, 400  # the days of 400 years, after which the calendar begins again
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01

_STRICT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))",
    re.ASCII,
)
_LENIENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,](\d+))?"
    r"(?:Z|([+-])([01]\d|2[0-4]):([0-5]\d|60))",
    re.ASCII,
)
_DURATION = re.compile(r"([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)", re.ASCII)
_PIECE = re.compile(r"([\d.]+)([a-zµμ]+)", re.ASCII)
_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": _NANO, "m": 60 * _NANO, "h": 3600 * _NANO}


@dataclass(frozen=True)
class Moment:
    """Nanoseconds since 1970 in UTC, and the offset of the clock that shows it, in seconds."""

    nanoseconds: int
    offset: int

    @property
    def days(self) -> int:
        """Whole days since 1970 on the clock."""
        return self._on_clock // _DAY

    @property
    def date(self) -> tuple[int, int, int]:
        """Year, month and day on the clock."""
        cycle, day = divmod(self.days + _EPOCH, _CYCLE)
        year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
        day -= 365 * year + year // 4 - year // 100
        month = (5 * day + 2) // 153
        day -= (153 * month + 2) // 5
        return cycle * _YEARS_OF_CYCLE + year + (month > 9), (month + 2) % 12 + 1, day + 1

    @property
    def time(self) -> tuple[int, int, int]:
        """Hours, minutes and seconds on the clock."""
        minutes, seconds = divmod(self._on_clock % _DAY, 60)
        return *divmod(minutes, 60), seconds

    @property
    def _on_clock(self) -> int:
        return self.nanoseconds // _NANO + self.offset

    def zone(self, separator: str = ":") -> str:
        """The offset: `+01:00`."""
        sign = "-" if self.offset < 0 else "+"
        hours, minutes = divmod(abs(self.offset) // 60, 60)
        return f"{sign}{hours:02}{separator}{minutes:02}"

    def __str__(self) -> str:
        """As RFC 3339 writes it, without fractions of a second."""
        year, month, day = self.date
        hours, minutes, seconds = self.time
        sign = "-" if year < 0 else ""
        date = f"{sign}{abs(year):04}-{month:02}-{day:02}"
        return f"{date}T{hours:02}:{minutes:02}:{seconds:02}{self.zone() if self.offset else 'Z'}"


def moment(text: str, argument: int, *, lenient: bool = False) -> Moment:
    """The moment that a text of RFC 3339 means; `lenient` as Go's `time.Parse`. Raises EvaluationError."""
    found = (_LENIENT if lenient else _STRICT).fullmatch(text)
    if not found:
        raise EvaluationError(f'"{text}" is not a valid RFC3339 timestamp', argument=argument)
    year, month, day, hours, minutes, seconds = map(int, found.groups()[:6])
    if not 1 <= month <= 12 or not 1 <= day <= _days_of(year, month):
        raise EvaluationError(f'"{text}" is not a valid RFC3339 timestamp: there is no such day', argument=argument)
    fraction = int((found[7] or "0")[:9].ljust(9, "0"))
    offset = (int(found[9]) * 60 + int(found[10])) * 60 * (-1 if found[8] == "-" else 1) if found[8] else 0
    on_clock = _days_since_epoch(year, month, day) * _DAY + hours * 3600 + minutes * 60 + seconds
    return Moment((on_clock - offset) * _NANO + fraction, offset)


def duration(text: str, argument: int) -> int:
    """The nanoseconds of a duration like `1h30m`. Raises EvaluationError."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise EvaluationError(f'"{text}" is not a valid duration', argument=argument)
    made = sum(int(Fraction(f"0{number}") * _UNITS[unit]) for number, unit in _PIECE.findall(found[2]))
    if made > _MOST_NANOSECONDS + (found[1] == "-"):
        raise EvaluationError(f'"{text}" is too long for a duration', argument=argument)
    return -made if found[1] == "-" else made


def _days_of(year: int, month: int) -> int:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _days_since_epoch(*following, 1) - _days_since_epoch(year, month, 1)


def _days_since_epoch(year: int, month: int, day: int) -> int:
    """Years that begin in March have the odd day at their end."""
    year -= month <= 2
    cycle, year = divmod(year, _YEARS_OF_CYCLE)
    day += (153 * ((month + 9) % 12) + 2) // 5 - 1
    return cycle * _CYCLE + 365 * year + year // 4 - year // 100 + day - _EPOCH
