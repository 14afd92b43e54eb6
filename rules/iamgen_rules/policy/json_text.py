"""What is no number of JSON, or a larger one than anybody means: for `json.loads`."""

from __future__ import annotations

from typing import NoReturn

_MOST_DIGITS = 400


def integer(digits: str) -> int:
    """A whole number. Raises ValueError for one that would take long to read."""
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def no_number(name: str) -> NoReturn:
    """Python reads `NaN` and `Infinity`, JSON has neither: raises ValueError."""
    raise ValueError(f"{name} is no number of JSON")
