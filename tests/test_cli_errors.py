"""How the command line ends when something goes wrong: exit code, text, and no traceback."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import subprocess
from email.message import Message
from pathlib import Path

import click
import pytest

from iamgen.cli import boundary
from iamgen.cli.boundary import Terminated
from iamgen_rules.errors import InputError, OutputError, Problem
from iamgen_rules.source import Place
from processes import IAMGEN, content, run

# --- errors of any kind


def ended(capsys: pytest.CaptureFixture[str], error: BaseException) -> tuple[int, str]:
    """Exit code and standard error of a command that raises."""

    @click.group()
    def group() -> None: ...

    @group.command()
    def fail() -> None:
        raise error

    code = boundary.run(group, ["fail"])
    out, err = capsys.readouterr()
    assert out == ""
    return code, err


PROBLEMS = [Problem(Place("a.yaml", "users[0]"), "first"), Problem(Place("a.yaml"), "second")]


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (InputError(PROBLEMS), 2, "a.yaml: users[0]: first\na.yaml: second\n"),
        (OutputError("the disk is full"), 2, "Error: the disk is full\n"),
        (
            click.BadParameter("no", param_hint="--x"),
            2,
            "Usage: iamgen fail [OPTIONS]\nTry 'iamgen fail --help' for help.\n\nError: Invalid value for --x: no\n",
        ),
        (click.ClickException("no"), 2, "Error: no\n"),
        (PermissionError(errno.EACCES, "Permission denied", "x.tf"), 2, "Error: x.tf: Permission denied\n"),
        (OSError("no number"), 2, "Error: no number\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (click.Abort(), 130, "interrupted\n"),
        (Terminated(signal.SIGTERM), 143, "terminated by signal 15\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (click.exceptions.Exit(1), 1, ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_every_error_has_its_exit_code_and_text(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, text: str
) -> None:
    assert ended(capsys, error) == (code, text)


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("deep"), MemoryError(), AssertionError("a\nb")])
def test_our_own_bug_says_so_where_it_happened_and_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.delenv("IAMGEN_TRACEBACK", raising=False)
    code, text = ended(capsys, error)
    assert code == 3
    assert text.startswith(f"internal error: {type(error).__name__}")
    assert re.search(r"\(iamgen/cli/boundary\.py:\d+\)\n", text)
    assert "This is a bug in iamgen" in text
    assert "please report it" in text
    assert "Traceback" not in text
    assert len(text.splitlines()) == 2


def test_a_bug_shows_its_traceback_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IAMGEN_TRACEBACK", "1")
    assert ended(capsys, KeyError("x"))[1].startswith("Traceback (most recent call last):\n")


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (["Source, https://x.example/s", "Issues, https://x.example/i"], "please report it at https://x.example/i,"),
        (["Bug Tracker, https://x.example/b"], "please report it at https://x.example/b,"),
        (["Source, https://x.example/s"], "please report it, "),
        ([], "please report it, "),
    ],
)
def test_a_bug_is_reported_where_the_package_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, links: list[str], expected: str
) -> None:
    package = Message()
    for link in links:
        package["Project-URL"] = link
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: package)
    assert expected in ended(capsys, KeyError("x"))[1]


# --- pipes and signals


@pytest.mark.parametrize("args", [["render"], ["schema"], ["render", "-o", "main.tf"], ["--help"]], ids=" ".join)
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, args: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = run(*args, cwd=tmp_path, stdout=closed)
    assert done.returncode == 128 + signal.SIGPIPE
    assert [line for line in done.stderr.splitlines() if "built-in default" not in line and "wrote" not in line] == []
    assert ("main.tf" in content(tmp_path)) == ("-o" in args)


@pytest.mark.parametrize("args", [["schema"], ["render"], ["--version"]], ids=" ".join)
def test_a_full_disk_is_said(tmp_path: Path, args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*args, cwd=tmp_path, stdout=full)
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Exception" not in done.stderr


def close_standard_output() -> None:
    os.close(1)


@pytest.mark.parametrize("args", [["schema"], ["render"]], ids=" ".join)
def test_a_closed_standard_output_is_said(tmp_path: Path, args: list[str]) -> None:
    done = run(*args, cwd=tmp_path, before=close_standard_output)
    assert done.returncode == 2
    assert "standard output is closed" in done.stderr


def interrupted(args: list[str], cwd: Path, number: int) -> tuple[int, str, str]:
    """Exit code, output and errors of a command that gets a signal while nobody reads its output."""
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen([*IAMGEN, *args], cwd=cwd, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    with os.fdopen(reader) as output:
        start = output.read(1)
        process.send_signal(number)
        rest = output.read()
    _, errors = process.communicate(timeout=30)
    return process.returncode, start + rest, errors


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 143, "terminated by signal 15"),
        (signal.SIGHUP, 129, "terminated by signal 1"),
    ],
)
def test_a_signal_ends_it_with_one_line(tmp_path: Path, number: int, code: int, text: str) -> None:
    ended_with, output, errors = interrupted(["render"], tmp_path, number)
    assert ended_with == code
    assert errors.splitlines()[-1] == text
    assert "Traceback" not in errors
    assert output.splitlines()[-1].startswith("iamgen render failed: ")
