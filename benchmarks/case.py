"""A case of the benchmark: what is measured, and who else does the same."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Ready:
    """Work with its input made; `peer` makes ready who does the same with other means."""

    work: Work
    peer: Callable[[], Work] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """`prepare` makes the input at a scale, 1 for the sizes that the name tells; `beside` names the peer."""

    name: str
    prepare: Callable[[float], Ready]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: of the clock, and of the processor, with the processes that were started. `memory`: the most, in MB.

    Memory is that of the largest process until then: it has the making of the input, and is never less than what the
    benchmark itself takes, some 30 MB.
    """

    wall: float
    cpu: float
    memory: float


def timed(work: Work) -> Spent:
    """Do it once."""
    wall, cpu = perf_counter(), _cpu()
    work()
    return Spent(perf_counter() - wall, _cpu() - cpu, _memory())


def _cpu() -> float:
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _memory() -> float:
    """getrusage(2): kilobytes, but bytes on macOS."""
    most = max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


def scaled(count: int, scale: float) -> int:
    """A size at a scale; never so small that nothing is left."""
    return max(4, round(count * scale))


def calibration() -> int:
    """A fixed amount of what Python does all day: what the machine takes for it says what seconds mean here."""
    found: dict[str, int] = {}
    for number in range(300_000):
        name = f"name-{number % 1000}"
        found[name] = found.get(name, 0) + len(name)
    return sum(found.values())
