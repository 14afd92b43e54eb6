"""What `iamgen render > main.tf` owes: all of the Terraform, or one line that Terraform refuses.

The shell has emptied the file before we run, and Terraform takes an empty file for a wish to destroy
everything. So a regular file gets the line at once, and loses it last, when all else is there; any other
standard output gets it when rendering fails.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from iamgen.cli.output import opened, output_errors
from iamgen.write import FAILED

_LONGEST = 500  # characters of a reason
_UNFINISHED = "it did not come to its end"


def asks_for_render(args: Sequence[str]) -> bool:
    """Whether the command is `render`, or its name misspelt."""
    from difflib import get_close_matches

    command = next((arg for arg in args if not arg.startswith("-")), "")
    return bool(get_close_matches(command, ["render"]))


def refused_line(reason: str) -> str:
    """One line that is no HCL, whatever the reason: a colon cannot follow the words that begin a block."""
    shown = "".join(char if char.isprintable() else " " for char in reason)
    return f"{FAILED} {' '.join(shown.split())[:_LONGEST]}".rstrip() + "\n"


class Promise:
    """Standard output, from when Terraform is asked for until it is there in full or has failed."""

    def __init__(self) -> None:
        """Until a command says otherwise, the command line decides what was asked for."""
        self._released = False
        self._target: _File | _Stream | None = None

    def release(self) -> None:
        """Standard output is not to hold Terraform after all."""
        self._released = True

    def guard(self) -> None:
        """From now on Terraform refuses a regular file; raises OutputError when that cannot be written."""
        with output_errors():
            self._opened().guard(refused_line(_UNFINISHED).encode())

    def keep(self, text: str) -> None:
        """Write the Terraform; raises OutputError when that fails, BrokenPipeError when nobody reads it."""
        with output_errors():
            self._opened().keep(text.encode())

    def fail(self, args: Sequence[str], reason: str) -> bool:
        """Write what is owed instead; False when not even that line can be written."""
        if self._released or not asks_for_render(args) or sys.stdout is None or sys.stdout.isatty():
            return True
        with suppress(OSError):
            self._opened().fail(refused_line(reason).encode())
            return True
        return False

    def _opened(self) -> _File | _Stream:
        if self._target is None:
            self._target = _open()
        return self._target


def _open() -> _File | _Stream:
    stream = opened()
    with suppress(OSError):  # a stream of a test has no descriptor
        descriptor = stream.fileno()
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _File(descriptor)
    return _Stream()


class _Stream:
    """A pipe, a terminal, a device: what has been written stays written."""

    def __init__(self) -> None:
        self._begun = False

    def guard(self, line: bytes) -> None:
        """Nothing that is written here could be taken back."""

    def keep(self, content: bytes) -> None:
        self._begun = True
        click.echo(content, nl=False)

    def fail(self, line: bytes) -> None:
        click.echo(b"\n" * self._begun + line, nl=False)


class _File:
    """A regular file, from where it stood when we began."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._appends = _appends(descriptor)
        self._start = os.lseek(descriptor, 0, os.SEEK_END if self._appends else os.SEEK_CUR)
        self._guarded = 0

    def guard(self, line: bytes) -> None:
        if not self._appends:
            self._end_with(self._own(line))
            self._guarded = len(self._own(line))

    def keep(self, content: bytes) -> None:
        head, tail = content[: self._guarded], content[self._guarded :]
        self._write(self._start + len(head), tail)
        self._write(self._start, head)
        self._end(self._start + len(content))

    def fail(self, line: bytes) -> None:
        if self._appends:
            self._end(self._start)
        self._end_with(self._own(line))

    def _own(self, line: bytes) -> bytes:
        """A line of its own also after text without a last newline."""
        return b"\n" * (self._start > 0) + line

    def _end_with(self, content: bytes) -> None:
        self._write(self._start, content)
        self._end(self._start + len(content))

    def _end(self, offset: int) -> None:
        os.ftruncate(self._descriptor, offset)
        os.lseek(self._descriptor, offset, os.SEEK_SET)

    def _write(self, offset: int, content: bytes) -> None:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        while content:
            content = content[os.write(self._descriptor, content) :]


def _appends(descriptor: int) -> bool:
    """Whether each write goes to the end of the file, as after `>>`."""
    if sys.platform == "win32":
        return False
    import fcntl

    return bool(fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_APPEND)
