"""The benchmark runs and says what it has to say; what it measures is no test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("only", "rows", "beside"),
    [
        ("statements on other services", 1, {"moto's access control"}),
        ("a pattern of", 3, {"fnmatch"}),
        ("roles: scattered", 3, {""}),
        ("files of Terraform, beside tfparse", 2, {"tfparse"}),
        ("start: ", 5, {"Python alone"}),
    ],
)
def test_small_sizes(only: str, rows: int, beside: set[str], tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    options = ["--scale", "0.004", "--times", "1", "--only", only, "--json", str(file)]
    path = os.pathsep.join(filter(None, ["tests", os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    written = json.loads(file.read_text(encoding="utf-8"))["rows"]
    assert len(written) == rows
    assert all(row["seconds"] > 0 and row["process"] > row["seconds"] for row in written)
    assert {row["beside"] for row in written if row["peer"] or not row["beside"]} == beside
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith(written[0]["name"])]
    assert len(lines) == rows + 2
