"""iamgen as a process of its own, as a shell starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

IAMGEN = (sys.executable, "-m", "iamgen")


def run(
    *args: str | Path,
    cwd: Path,
    stdout: int | IO[Any] = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder; `before` runs in the new process before iamgen does."""
    return _run([*IAMGEN, *map(str, args)], cwd, stdout, env, before)


def run_changed(change: str, *args: str, cwd: Path, stdout: int | IO[Any]) -> subprocess.CompletedProcess[str]:
    """The same, after some Python has changed what iamgen does."""
    code = f"import sys; from iamgen.cli.main import main; sys.argv[0] = 'iamgen'\n{change}\nmain()"
    return _run([sys.executable, "-c", code, *args], cwd, stdout, None, None)


def _run(
    command: list[str],
    cwd: Path,
    stdout: int | IO[Any],
    env: Mapping[str, str] | None,
    before: Callable[[], None] | None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **(env or {})},
        preexec_fn=before,
        text=True,
        check=False,
        timeout=60,
    )


def content(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too, and its text."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
