"""Terraform as teams write it: a folder for each service, a root module, beside a few modules that all of them call.

The files beside this one are its pieces; they are valid as they stand, and `service0000` is replaced.
"""

from __future__ import annotations

import shutil
from pathlib import Path

_PIECES = Path(__file__).resolve().parent
_IN_MODULES, _IN_SERVICE = 10, 10
_IAM, _INSTEAD = "iam.tf", "monitoring.tf"


def write(top: Path, files: int) -> list[Path]:
    """About so many files, one in 20 with IAM: every other service has it. The folders of the root modules."""
    shutil.copytree(_PIECES / "modules", top / "modules")
    pieces = {path.name: path.read_text(encoding="utf-8") for path in sorted((_PIECES / "service").glob("*.tf"))}
    count = max(2, (files - _IN_MODULES) // _IN_SERVICE)
    return [_service(top / "services" / f"service{number:04}", pieces, number) for number in range(count)]


def _service(folder: Path, pieces: dict[str, str], number: int) -> Path:
    folder.mkdir(parents=True)
    for name, text in pieces.items():
        if name != (_IAM if number % 2 else _INSTEAD):
            (folder / name).write_text(text.replace("service0000", folder.name), encoding="utf-8")
    return folder
