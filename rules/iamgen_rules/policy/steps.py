"""What an evaluation costs, counted in steps: a test holds that it grows no faster than the input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Meter:
    """Steps so far: a character read, a statement looked at, a combination of condition keys tried."""

    steps: int = 0


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def measured() -> Iterator[Meter]:
    """Count the steps of what happens inside."""
    meter = Meter()
    token = _METER.set(meter)
    try:
        yield meter
    finally:
        _METER.reset(token)


def tick(steps: int = 1) -> None:
    """Count some, where somebody measures."""
    meter = _METER.get()
    if meter is not None:
        meter.steps += steps
