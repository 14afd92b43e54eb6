"""A failed `iamgen render > main.tf` never plans the gate away: it leaves one line that Terraform refuses."""

from __future__ import annotations

import os
import re
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark.exceptions import LarkError

from iamgen.cli.promise import refused_line
from processes import content, run, run_changed

OPS = "version: 1\ngroups:\n  - name: ops\n"
LARGE = OPS + "users:\n" + "".join(f"  - name: user{number}\n    groups: [ops]\n" for number in range(400))


def rendered(tmp_path: Path) -> str:
    """The roster of group ops through a pipe."""
    aside = tmp_path / "aside.yaml"
    aside.write_text(OPS)
    done = run("render", aside, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


# --- failures


def redirected(tmp_path: Path, *args: str, mode: str = "wb", change: str | None = None) -> tuple[int, str, str]:
    """`iamgen … > out` in a shell: exit code, what the file holds, standard error."""
    path = tmp_path / "out"
    with path.open(mode) as out:
        done = (
            run(*args, cwd=tmp_path, stdout=out)
            if change is None
            else run_changed(change, *args, cwd=tmp_path, stdout=out)
        )
    return done.returncode, path.read_text(), done.stderr


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        pytest.param(["render", "wrong.yaml"], r"wrong.yaml:2:1: userz: .*", id="one error"),
        pytest.param(["render", "worse.yaml"], r"worse.yaml:2:1: userz: .* \(and 1 more\)", id="two errors"),
        pytest.param(["render", "gone.yaml"], r".*gone.yaml.*", id="no roster"),
        pytest.param(["render", "--region", "moon"], r"Invalid value for --region: .*", id="bad region"),
        pytest.param(["render", "--chek"], r"No such option.*", id="unknown option"),
        pytest.param(["render", "-o"], r".*requires an argument.*", id="option without its value"),
        pytest.param(["render", "a", "b"], r"Got unexpected extra argument.*", id="too many arguments"),
        pytest.param(["rendr"], r"No such command 'rendr'.*", id="misspelt command"),
    ],
)
def test_a_failure_leaves_one_line_that_terraform_refuses(tmp_path: Path, args: list[str], reason: str) -> None:
    (tmp_path / "wrong.yaml").write_text("version: 1\nuserz: []\n")
    (tmp_path / "worse.yaml").write_text("version: 1\nuserz: []\ngroupz: []\n")
    code, left, errors = redirected(tmp_path, *args)
    assert code == 2
    assert_refused(left, reason)
    assert errors


def assert_refused(text: str, reason: str) -> None:
    """One line, and no HCL."""
    assert re.fullmatch(f"iamgen render failed: {reason}\n", text), text
    with pytest.raises(LarkError):
        hcl2.loads(text)


INSIDE = "import iamgen.render, os, signal\ndef render(*_): {}\niamgen.render.render = render"


@pytest.mark.parametrize(
    ("event", "code", "reason"),
    [
        pytest.param("raise KeyError('x')", 3, r"internal error: KeyError: 'x' \(.*\)", id="a bug"),
        pytest.param("raise KeyboardInterrupt", 130, "interrupted", id="Ctrl-C"),
        pytest.param("os.kill(os.getpid(), signal.SIGINT)", 130, "interrupted", id="SIGINT"),
        pytest.param("os.kill(os.getpid(), signal.SIGTERM)", 143, "terminated", id="SIGTERM"),
        pytest.param("os.kill(os.getpid(), signal.SIGHUP)", 129, "terminated", id="SIGHUP"),
        pytest.param("os.kill(os.getpid(), signal.SIGKILL)", -9, "it did not come to its end", id="SIGKILL"),
        pytest.param("os._exit(1)", 1, "it did not come to its end", id="the end of the process"),
    ],
)
def test_whatever_happens_meanwhile(tmp_path: Path, event: str, code: int, reason: str) -> None:
    ended, left, errors = redirected(tmp_path, "render", change=INSIDE.format(event))
    assert ended == code
    assert_refused(left, reason)
    assert "Traceback" not in errors


@pytest.mark.parametrize("args", [["render", "-o", "main.tf", "gone.yaml"], ["render", "--check"], ["schema", "x"]])
def test_only_what_would_have_been_terraform_is_replaced(tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "iamgen.yaml").write_text(OPS)
    assert redirected(tmp_path, *args)[:2] == (2, "")


def test_a_pipe_gets_the_line_too(tmp_path: Path) -> None:
    done = run("render", "gone.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout.startswith("iamgen render failed: ")
    assert len(done.stdout.splitlines()) == 1


def test_help_is_no_failure(tmp_path: Path) -> None:
    code, left, _ = redirected(tmp_path, "render", "--help")
    assert (code, left.startswith("Usage: ")) == (0, True)


def limit(size: int) -> Callable[[], None]:
    """As if the disk were full after so many bytes of one file."""

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return before


def test_a_disk_that_is_full_in_the_middle_leaves_the_line(tmp_path: Path) -> None:
    (tmp_path / "iamgen.yaml").write_text(LARGE)
    path = tmp_path / "main.tf"
    with path.open("wb") as out:
        done = run("render", cwd=tmp_path, stdout=out, before=limit(4096))
    assert done.returncode == 2
    assert_refused(path.read_text(), "standard output cannot be written: File too large")
    assert "standard output cannot be written: File too large" in done.stderr


def test_a_disk_that_is_full_from_the_start_is_said(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    with path.open("wb") as out:
        done = run("render", cwd=tmp_path, stdout=out, before=limit(0))
    assert (done.returncode, path.read_text()) == (2, "")
    assert "do not apply it" in done.stderr


def test_a_disk_that_is_full_leaves_files_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "iamgen.yaml").write_text(OPS)
    run("render", "-o", "iam", cwd=tmp_path)
    before = content(tmp_path)
    (tmp_path / "iamgen.yaml").write_text(LARGE)
    done = run("render", "-o", "iam", cwd=tmp_path, before=limit(4096))
    assert done.returncode == 2
    assert "iam/main.tf cannot be written: File too large; nothing was changed" in done.stderr
    assert content(tmp_path) == before | {"iamgen.yaml": LARGE}


# --- a redirection that works


@pytest.mark.parametrize("before", ["", "# by hand", "# by hand\n"], ids=["empty", "no last newline", "a line"])
@pytest.mark.parametrize("flags", [os.O_WRONLY, os.O_WRONLY | os.O_APPEND], ids=[">", ">>"])
@pytest.mark.parametrize("roster", [OPS, "userz: []\n"], ids=["success", "failure"])
def test_what_stood_before_in_the_file_stays(tmp_path: Path, before: str, flags: int, roster: str) -> None:
    (tmp_path / "iamgen.yaml").write_text(roster)
    path = tmp_path / "out.tf"
    path.write_text(before)
    descriptor = os.open(path, flags)
    os.lseek(descriptor, 0, os.SEEK_END)
    with os.fdopen(descriptor, "wb") as out:
        done = run("render", cwd=tmp_path, stdout=out)
        os.write(out.fileno(), b"after\n")
    left = path.read_text()
    assert left.startswith(before)
    assert left.endswith("\nafter\n")
    added = left.removeprefix(before).removesuffix("after\n")
    if done.returncode == 0:
        assert added == rendered(tmp_path)
    else:
        assert added.startswith("\niamgen render failed: " if before else "iamgen render failed: ")


def test_a_longer_file_that_is_written_over_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "out.tf"
    path.write_text("x" * 100_000)
    (tmp_path / "iamgen.yaml").write_text(OPS)
    with path.open("r+b") as out:
        run("render", cwd=tmp_path, stdout=out)
    assert path.read_text() == rendered(tmp_path)


def test_large_output_goes_through_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "iamgen.yaml").write_text(LARGE)
    piped = run("render", cwd=tmp_path)
    assert redirected(tmp_path, "render")[1] == piped.stdout
    assert piped.stdout.count("user399") > 0


# --- the line itself


REASONS = [
    "",
    "no such file",
    "{}",
    '" {\n}\n',
    "*/ {} /*",
    "# comment",
    "<<EOF\nEOF\n",
    "= 1",
    '\r\nresource "aws_iam_user" "x" {}\r\n',
    "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
    "\ud800",
    "x" * 10_000,
]


@pytest.mark.parametrize("reason", REASONS, ids=range(len(REASONS)))
def test_no_reason_makes_the_line_terraform(reason: str) -> None:
    with pytest.raises(LarkError):
        hcl2.loads(refused_line(reason))


@given(st.text())
def test_it_is_always_one_line_of_text(reason: str) -> None:
    (line,) = refused_line(reason).splitlines(keepends=True)
    assert line.startswith("iamgen render failed:")
    assert line.endswith("\n")
    assert line.removesuffix("\n").isprintable()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_was_ignored_stays_ignored(tmp_path: Path, number: int) -> None:
    change = INSIDE.format(f"os.kill(os.getpid(), {int(number)}); return {{'main.tf': 'x = 1'}}")
    ignoring = f"import signal; signal.signal({int(number)}, signal.SIG_IGN)\n{change}"
    assert redirected(tmp_path, "render", change=ignoring)[:2] == (0, "x = 1")
