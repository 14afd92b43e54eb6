"""Programs that tests start: where they are, and what happens when they are not there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = {"checkov": ROOT / ".venv-checkov" / "bin"}
_COMPLETE = {name: ROOT / f".node-{name}" / "tools" for name in ("judge", "sarif")}
_HELP = {
    "terraform": "install Terraform 1.5 or later",
    "checkov": "run `make .venv-checkov/tools`",
    "moto_server": "run the tests with `make test`",
    "node": "install Node.js",
    "npm": "install Node.js",
    "judge": "run `make .node-judge/tools`, which needs npm",
    "sarif": "run `make .node-sarif/tools`, which needs npm",
}


def find(program: str) -> str | None:
    """The program's path: what IAMGEN_<PROGRAM> says, else from the test environments, else from PATH; or None.

    Of `judge` and `sarif`, which npm installs, it is the file that says that their environment is complete.
    """
    given = os.environ.get(f"IAMGEN_{program.upper()}")
    if given:
        return given
    if program in _COMPLETE:
        return str(_COMPLETE[program]) if _COMPLETE[program].exists() else None
    folder = _FOLDERS.get(program, Path(sys.prefix) / "bin")
    return shutil.which(program, path=folder) or shutil.which(program)


def need(program: str) -> str:
    """The path of a program that the calling test or fixture starts.

    Without it the test is skipped; where CI is set it fails instead, unless IAMGEN_ALLOW_SKIPS,
    a list of names with commas between them, names the program.
    """
    path = find(program)
    if path is not None:
        return path
    reason = f"needs {program}: {_HELP.get(program, 'install it')}"
    if os.environ.get("CI", "") in ("", "0", "false") or program in _allowed():
        pytest.skip(reason)
    pytest.fail(f"{reason}, or name it in IAMGEN_ALLOW_SKIPS", pytrace=False)


def _allowed() -> set[str]:
    return {name.strip() for name in os.environ.get("IAMGEN_ALLOW_SKIPS", "").split(",")}
