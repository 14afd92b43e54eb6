"""`python -m benchmarks`: each case several times, each time in a new process; the best is told."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.case import Case, calibration, timed
from benchmarks.once import known


@dataclass(frozen=True, slots=True)
class Row:
    """The best of a case, in seconds; `process` has Python's start and the making of the input, too.

    `machine`: how often the machine could have done the calibration's loop in that time. `peer`: the peer's seconds of
    cpu, in the same process.
    """

    name: str
    seconds: float
    cpu: float
    process: float
    machine: float
    beside: str
    peer: float | None

    def line(self, width: int) -> str:
        """The row of the table."""
        ratio = f"  {self.cpu / self.peer:.2f} × {self.beside}" if self.peer else ""
        figures = f"{self.seconds:8.3f} {self.cpu:8.3f} {self.process:8.3f} {self.machine:8.1f}"
        return f"{self.name:{width}} {figures}{ratio}"


def main() -> None:
    """Measure and print; with `--json` also write the rows to a file."""
    asked = _arguments()
    cases = [case for name, case in known().items() if asked.only in name]
    width = max((len(case.name) for case in cases), default=0)
    loop = min(timed(calibration).cpu for _ in range(5))
    print(f"{'best of ' + str(asked.times):{width}} {'seconds':>8} {'cpu':>8} {'process':>8} {'× loop':>8}  ratio")
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
    runs = [_run(case, scale) for _ in range(times)]
    wall, cpu, process = (min(run[what] or 0.0 for run in runs) for what in ("wall", "cpu", "process"))
    peer = min((run["peer"] for run in runs if run["peer"] is not None), default=None)
    return Row(case.name, wall, cpu, process, cpu / loop, case.beside, peer)


def _run(case: Case, scale: float) -> dict[str, float | None]:
    """One run in a process, whose seconds are told without the peer's part."""
    command = [sys.executable, "-m", "benchmarks.once", case.name, str(scale)]
    start = perf_counter()
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    process = perf_counter() - start
    found: dict[str, float | None] = json.loads(said)
    return found | {"process": process - (found["aside"] or 0.0)}


if __name__ == "__main__":
    main()
