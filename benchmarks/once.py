"""One case, once, in a process of its own: nothing is known from before. Says what it took as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from benchmarks import accounts, policies, reading
from benchmarks.case import Case, timed


def known() -> dict[str, Case]:
    """Every case by its name."""
    return {case.name: case for case in (*policies.cases(), *accounts.cases(), *reading.cases())}


def main() -> None:
    """`NAME SCALE own`, or `NAME SCALE peer`: what is done by iamgen, or by the peer; null where there is none."""
    name, scale, whose = sys.argv[1:]
    ready = known()[name].prepare(float(scale))
    work = ready.work if whose == "own" else ready.peer() if ready.peer else None
    json.dump(asdict(timed(work)) if work else None, sys.stdout)


if __name__ == "__main__":
    main()
