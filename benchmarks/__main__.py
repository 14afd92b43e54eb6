"""`python -m benchmarks`: each case several times, each time in a new process; the best is told."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.case import Case, Spent, calibration, timed
from benchmarks.once import known


@dataclass(frozen=True, slots=True)
class Row:
    """The best of a case, in seconds and MB; `process` has Python's start and the making of the input, too.

    `machine`: how often the machine could have done the calibration's loop in that time. `peer`: the peer's seconds of
    cpu, `peer_seconds` and `peer_memory` what else it took, all in processes of its own.
    """

    name: str
    seconds: float
    cpu: float
    process: float
    memory: float
    machine: float
    beside: str
    peer: float | None
    peer_seconds: float | None
    peer_memory: float | None

    def line(self, width: int) -> str:
        """The row of the table."""
        figures = f"{self.seconds:8.3f} {self.cpu:8.3f} {self.process:8.3f} {self.memory:8.0f} {self.machine:8.1f}"
        return f"{self.name:{width}} {figures}{self._ratio()}"

    def _ratio(self) -> str:
        if not self.peer or not self.peer_memory:
            return ""
        return f"  {self.cpu / self.peer:.3f} × {self.beside}, memory {self.memory / self.peer_memory:.2f} ×"


def main() -> None:
    """Measure and print; with `--json` also write the rows to a file."""
    asked = _arguments()
    cases = [case for name, case in known().items() if asked.only in name]
    width = max((len(case.name) for case in cases), default=0)
    loop = min(timed(calibration).cpu for _ in range(5))
    heads = " ".join(f"{head:>8}" for head in ("seconds", "cpu", "process", "MB", "× loop"))
    print(f"{'best of ' + str(asked.times):{width}} {heads}  ratio")
    rows: list[Row] = []
    for case in cases:
        rows.append(_best(case, asked.scale, asked.times, loop))
        print(rows[-1].line(width), flush=True)
    print(f"{'the loop':{width}} {loop:8.3f}")
    if asked.json is not None:
        written = {"loop": loop, "scale": asked.scale, "times": asked.times, "rows": [asdict(row) for row in rows]}
        asked.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


@dataclass
class _Asked(argparse.Namespace):
    json: Path | None = None
    times: int = 3
    scale: float = 1.0
    only: str = ""


def _arguments() -> _Asked:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there, too")
    parser.add_argument("--times", type=int, metavar="N", help="the best of so many")
    parser.add_argument("--scale", type=float, metavar="X", help="the sizes times this")
    parser.add_argument("--only", metavar="TEXT", help="cases with this in their name")
    return parser.parse_args(namespace=_Asked())


def _best(case: Case, scale: float, times: int, loop: float) -> Row:
    runs = [_run(case, scale, "own") for _ in range(times)]
    own = _least([spent for spent, _ in runs if spent])
    peers = [spent for spent, _ in (_run(case, scale, "peer") for _ in range(times if case.beside else 0)) if spent]
    peer = _least(peers) if peers else None
    return Row(
        case.name,
        own.wall,
        own.cpu,
        min(process for _, process in runs),
        own.memory,
        own.cpu / loop,
        case.beside,
        peer.cpu if peer else None,
        peer.wall if peer else None,
        peer.memory if peer else None,
    )


def _least(runs: list[Spent]) -> Spent:
    return Spent(min(run.wall for run in runs), min(run.cpu for run in runs), min(run.memory for run in runs))


def _run(case: Case, scale: float, whose: str) -> tuple[Spent | None, float]:
    """One run in a process, and the seconds of that."""
    command = [sys.executable, "-m", "benchmarks.once", case.name, str(scale), whose]
    start = perf_counter()
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    process = perf_counter() - start
    found: dict[str, float] | None = json.loads(said)
    return (Spent(**found) if found else None), process


if __name__ == "__main__":
    main()
