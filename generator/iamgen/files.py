"""Reads a roster and its documents from files. The only code here that reads what users wrote."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

from iamgen.config import MOST_CHARACTERS
from iamgen.load import DocumentError, Loaded, load, load_settings
from iamgen_rules.errors import InputError, Problem
from iamgen_rules.settings import Settings
from iamgen_rules.source import Place

MOST_BYTES = MOST_CHARACTERS  # no character has less than a byte
MOST_DOCUMENT_BYTES = 1024 * 1024


class _ReadError(Exception):
    """Why a file cannot be read; completes "file: …"."""


def load_file(path: Path) -> Loaded:
    """The roster in a file, with its documents; raises InputError with all that is wrong."""
    return load(read_text(path), str(path), document_reader(path))


def settings_of_file(path: Path, today: date) -> Settings:
    """What stands under `lint:` in a file; raises InputError with all that is wrong."""
    return load_settings(read_text(path), str(path), today)


def read_text(path: Path) -> str:
    """The text of a file that a user names; raises InputError where it cannot be read."""
    try:
        return _read(path, MOST_BYTES)
    except _ReadError as error:
        raise InputError([Problem(Place(str(path)), str(error))]) from error


def default_text() -> str:
    """The roster that `iamgen init` writes, and that is rendered where there is none."""
    return resources.files("iamgen").joinpath("data", "iamgen.yaml").read_text(encoding="utf-8")


def document_reader(roster: Path) -> Callable[[str], str]:
    """What reads the `document:` files of a roster, by their names in it.

    They lie in the roster's repository (the nearest folder above with a `.git`, else the roster's own folder),
    also after symbolic links are followed.
    """
    folder = roster.resolve().parent
    repository = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)

    def read(name: str) -> str:
        if name.startswith(("/", "~")):
            raise DocumentError("has to be relative to the roster")
        try:
            real = _resolve(folder / name)
            if not real.is_relative_to(repository):
                raise DocumentError(f"lies outside the repository {repository}: copy it in")
            return _read(real, MOST_DOCUMENT_BYTES)
        except _ReadError as error:
            raise DocumentError(str(error)) from error

    return read


def _resolve(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError as error:
        raise _ReadError(f"cannot be read: {error.strerror}") from error
    except RuntimeError as error:  # what Python 3.11 and 3.12 raise for links in a circle
        raise _ReadError(f"cannot be read: {os.strerror(errno.ELOOP)}") from error


def _read(path: Path, most: int) -> str:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _ReadError("is a folder: name a file in it")
        if not stat.S_ISREG(mode):
            raise _ReadError("is not a regular file")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError as error:
        raise _ReadError("does not exist") from error
    except OSError as error:
        raise _ReadError(f"cannot be read: {error.strerror}") from error
    if len(content) > most:
        raise _ReadError(f"has more than {most:,} bytes")
    return _decode(content)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _ReadError(f"is not UTF-8: line {line} holds the byte 0x{content[error.start]:02x}") from error
