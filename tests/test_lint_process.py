"""`iamgen lint` as a process: what it loads, how it ends, and that several processes say what one says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lint_cases import administrator, gated, plant
from processes import IAMGEN, run

HEAVY = {"hcl2", "jinja2", "lark", "pydantic", "pydantic_core", "re2", "regex", "yaml"}
LOADED = """
import sys
from iamgen.cli.main import main
sys.argv[1:] = ["lint"]
try: main()
finally: print(*sys.modules)
"""


def loaded(folder: Path) -> set[str]:
    """The modules that a lint loads."""
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache")}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert "1 root module in" in done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_only_what_is_needed_is_loaded(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": administrator("alice")})
    cold, warm = loaded(tmp_path), loaded(tmp_path)
    assert HEAVY.isdisjoint(cold)
    assert "iamgen_rules.terraform.evaluate" in cold
    assert {
        one for one in warm if one.startswith(("iamgen_rules.account", "iamgen_rules.checks", "iamgen_rules.gates"))
    } == set()
    assert "iamgen_rules.terraform.evaluate" not in warm
    (tmp_path / "iamgen.yaml").write_text("lint: {}\n")
    assert HEAVY & loaded(tmp_path) == {"pydantic", "pydantic_core", "yaml"}


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": administrator("alice")})
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = run("lint", "--no-cache", cwd=tmp_path, stdout=closed)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


def test_ctrl_c_ends_it_with_one_line(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": administrator("alice")})
    os.mkfifo(tmp_path / "plan.json")
    process = subprocess.Popen(
        [*IAMGEN, "lint", "plan.json"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with (tmp_path / "plan.json").open("w"):  # as soon as it is read
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


def test_a_file_of_settings_that_is_wrong_stops_it_and_one_without_a_roster_is_none(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": administrator("alice"), "iamgen.yaml": "lint: {strict: maybe}\n"})
    done = run("lint", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "iamgen.yaml:1:16: lint.strict: 'maybe' is neither true nor false\n"
    (tmp_path / "iamgen.yaml").write_text("lint: {fail_on: never}\n")
    assert run("lint", cwd=tmp_path).returncode == 0
    done = run("render", cwd=tmp_path)
    assert (done.returncode, "run `iamgen init`" in done.stderr) == (2, True)


# --- several processes

ROOTS = 24
TOGETHER = """
import os, sys
from datetime import date
from iamgen_rules import lint
from iamgen_rules.linting import Means
from iamgen_rules.report import FORMATS
from iamgen_rules.roots import accounts
from iamgen_rules.settings import Settings
read = accounts.read
def dies(target, *rest):
    if target.name == sys.argv[2]: os._exit(9)
    return read(target, *rest)
accounts.read = dies
report = lint(settings=Settings(date(2026, 7, 1)), means=Means(None, int(sys.argv[1])))
for render in FORMATS.values(): print(render(report))
"""


def together(folder: Path, processes: int, dies: str = "") -> str:
    """What is said with so many processes."""
    command = [sys.executable, "-c", TOGETHER, str(processes), dies]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough root modules for three processes."""
    files = {
        f"root{number:02}/main.tf": administrator("alice") if number % 2 else gated("bob") for number in range(ROOTS)
    }
    return plant(tmp_path_factory.mktemp("many"), files)


@pytest.mark.skipif(sys.platform != "linux", reason="one process is all that is used elsewhere")
def test_several_processes_say_what_one_says(many: Path) -> None:
    alone = together(many, 1)
    assert "root03/main.tf:7:3: IAM001 critical" in alone
    assert together(many, 3) == alone


@pytest.mark.skipif(sys.platform != "linux", reason="one process is all that is used elsewhere")
def test_a_process_that_ends_costs_its_own_root_and_is_told(many: Path) -> None:
    said = together(many, 3, "root03")
    assert "reading root03 failed: its process ended" in said
    assert "root05/main.tf:7:3: IAM001 critical" in said
