"""Data on standard output, talk on standard error, and what a command that writes files shows."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from iamgen import write
from iamgen_rules.errors import OutputError

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def opened() -> TextIO:
    """Standard output; raises OutputError where there is none."""
    if sys.stdout is None:
        raise OutputError("standard output is closed: open it")
    return sys.stdout


@contextmanager
def output_errors() -> Generator[None]:
    """An OSError of standard output becomes an OutputError; BrokenPipeError, the reader's having gone, stays."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from error


def put(text: str) -> None:
    """Data, to standard output."""
    with output_errors():
        click.echo(text, opened(), nl=False)


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour."""
    context = click.get_current_context(silent=True)
    wanted = None if context is None else context.color
    return opened().isatty() if wanted is None else wanted


def say(text: str) -> None:
    """Talk, to standard error."""
    click.echo(text, err=True)


def deliver(files: Mapping[Path, str], *, check: bool, again: str) -> bool:
    """Write the files, or with `check` only look; show what changes. True when they were fresh.

    `again` is the command that writes them, for who only looks. Raises OutputError.
    """
    wanted = write.changes(files)
    if not check:
        write.write(wanted)
    say(_summary(files, wanted, check=check, again=again))
    put("".join(_coloured(write.diff(change)) for change in wanted))
    return not wanted


def _summary(files: Mapping[Path, str], wanted: tuple[write.Change, ...], *, check: bool, again: str) -> str:
    if not wanted:
        return f"up to date: {_listed(files)}"
    names = _listed(change.path for change in wanted)
    return f"stale: {names}; run `{again}`" if check else f"wrote {names}"


def _listed(paths: Iterable[Path]) -> str:
    return ", ".join(str(path) for path in sorted(paths))


def _coloured(diff: str) -> str:
    return "".join(_coloured_line(line) for line in diff.splitlines(keepends=True))


def _coloured_line(line: str) -> str:
    heading = line.startswith(("--- ", "+++ "))
    colour = None if heading else _COLOURS.get(line[:1])
    return click.style(line, bold=heading or None, fg=colour) if heading or colour else line
