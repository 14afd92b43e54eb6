"""Which program gives an answer: its own files, its Python, and the packages that it reads with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec

_PACKAGES = ("hcl2", "lark", "pathspec", "re2", "regex", "yaml")
_OURS = os.path.dirname(os.path.dirname(__file__))


def fingerprint() -> str:
    """A digest that changes with any file of iamgen's rules, with Python, and when packages are installed.

    Files count by name, size and time, so that it takes milliseconds. Raises OSError where they cannot be looked at.
    """
    parts = [sys.version, _OURS, *sorted(_files(_OURS)), *sorted(_folders_of_packages())]
    return sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()


def _files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry.path)
        elif entry.is_file():
            yield f"{entry.path}:{entry.stat().st_size}:{entry.stat().st_mtime_ns}"


def _folders_of_packages() -> set[str]:
    """Where they are installed: the time of such a folder changes with whatever is put there."""
    specs = [find_spec(name) for name in _PACKAGES]
    folders = {os.path.dirname(os.path.dirname(spec.origin)) for spec in specs if spec is not None and spec.origin}
    return {f"{folder}:{os.stat(folder).st_mtime_ns}" for folder in folders}
