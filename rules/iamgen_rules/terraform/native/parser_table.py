"""The parser's table for python-hcl2's grammar, which takes a moment to make and less to load.

The grammar asks at every turn for newlines, which our lexer leaves out; without them the table is a quarter as large.

One for the versions that iamgen is released with lies in the package; for any other pair of lark and grammar one is
made once and kept in the user's cache folder. Each file begins with a line that names the pair and what follows.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import zlib
from contextlib import suppress
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from iamgen_rules.errors import UsageError

_NEWLINE = re.compile(r" new_line_or_comment\?|(?<=\()new_line_or_comment\? ")
_NEEDED = ("INTERP_START", "template_for_start", "full_splat_expr_term", "ELLIPSIS")


def grammar() -> str:
    """The grammar of the python-hcl2 that is installed, without newlines.

    Raises UsageError where there is none, or a fork.
    """
    spec = find_spec("hcl2")
    folders = (spec.submodule_search_locations if spec else None) or []
    for folder in folders:
        with suppress(OSError, UnicodeDecodeError):
            text = Path(folder, "hcl2.lark").read_text(encoding="utf-8")
            if all(name in text for name in _NEEDED):
                return _NEWLINE.sub("", text)
    if not folders:
        raise UsageError("python-hcl2 is not installed: pip install 'python-hcl2>=8.1,<9'")
    raise UsageError(
        "the package hcl2 that is installed is not python-hcl2's: checkov's fork, bc-python-hcl2, has the same"
        " name.\nInstall checkov in an environment of its own, then run"
        " pip install --force-reinstall 'python-hcl2>=8.1,<9'"
    )


def pair(grammar_text: str, lark_version: str) -> str:
    """What a table is made from."""
    return f"lark {lark_version} grammar {hashlib.sha256(grammar_text.encode()).hexdigest()}"


def packed(made_from: str, table: bytes) -> bytes:
    """A file that holds a table."""
    content = zlib.compress(table, 9)
    return f"{made_from} table {hashlib.sha256(content).hexdigest()}\n".encode() + content


def unpacked(made_from: str, file: bytes) -> bytes | None:
    """The table in a file; None where it is made from something else, or is damaged."""
    _, _, content = file.partition(b"\n")
    head = f"{made_from} table {hashlib.sha256(content).hexdigest()}\n".encode()
    return zlib.decompress(content) if file.startswith(head) else None


def stored(made_from: str) -> bytes | None:
    """The table that lies in the package or in the cache."""
    for place in (files("iamgen_rules") / "data" / "hcl_table.bin", _cache_file(made_from)):
        with suppress(OSError, RuntimeError):
            table = unpacked(made_from, place.read_bytes())
            if table is not None:
                return table
    return None


def store(made_from: str, table: bytes) -> None:
    """Keep a table in the cache; where that cannot be written, it serves this run only."""
    with suppress(OSError, RuntimeError):
        file = _cache_file(made_from)
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(packed(made_from, table))
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _cache_file(made_from: str) -> Path:
    if sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return folder / "iamgen" / f"hcl-{hashlib.sha256(made_from.encode()).hexdigest()[:16]}.bin"
