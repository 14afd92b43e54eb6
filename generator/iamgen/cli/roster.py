"""Which roster a command reads: the one that it is given, else ./iamgen.yaml, else the built-in default."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iamgen.cli.output import say

if TYPE_CHECKING:
    from iamgen.load import Loaded

HERE = Path("iamgen.yaml")


def find(given: Path | None) -> Path | None:
    """The roster's file; None where there is none. A file that cannot be looked at counts as there."""
    if given is not None:
        return given
    try:
        HERE.lstat()
    except FileNotFoundError:
        return None
    except OSError:
        return HERE
    return HERE


def read(path: Path | None) -> Loaded:
    """The roster of that file, or for None the built-in default, which is said; raises InputError."""
    from iamgen.files import default_text, load_file
    from iamgen.load import load

    if path is not None:
        return load_file(path)
    say("no iamgen.yaml here: taking the built-in default, which `iamgen init` writes")
    return load(default_text(), "the built-in default", _no_document)


def _no_document(name: str) -> str:
    from iamgen.load import DocumentError

    raise DocumentError(f"{name} is not part of the built-in default")
