"""One case, once, in a process of its own: nothing is known from before. Says what it took as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from time import perf_counter

from benchmarks import accounts, policies
from benchmarks.case import Case, timed


def known() -> dict[str, Case]:
    """Every case by its name."""
    return {case.name: case for case in (*policies.cases(), *accounts.cases())}


def main() -> None:
    """`NAME SCALE`; `aside` are the seconds of the clock for the peer, its making included."""
    name, scale = sys.argv[1:]
    ready = known()[name].prepare(float(scale))
    spent, start = timed(ready.work), perf_counter()
    peer = None if ready.peer is None else timed(ready.peer()).cpu
    json.dump({**asdict(spent), "peer": peer, "aside": perf_counter() - start}, sys.stdout)


if __name__ == "__main__":
    main()
