"""What a terminal is shown while somebody waits for longer than about a second."""

from __future__ import annotations

import sys
import time

import click

_PATIENCE = 1.0  # seconds
_WIDTH = 30
_ERASE = "\r\x1b[K"


class Waiting:
    """A bar on standard error, where that is a terminal; counts seconds."""

    def __init__(self) -> None:
        """Begin to wait."""
        self._began = time.monotonic()
        self._shown = False

    @property
    def seconds(self) -> float:
        """How long it took."""
        return time.monotonic() - self._began

    def progress(self, done: int, total: int) -> None:
        """So many roots of so many are done."""
        if self.seconds < _PATIENCE or sys.stderr is None or not sys.stderr.isatty():
            return
        filled = _WIDTH * done // total
        click.echo(f"{_ERASE}[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}", err=True, nl=False)
        self._shown = True

    def end(self) -> None:
        """Take the bar away."""
        if self._shown:
            click.echo(_ERASE, err=True, nl=False)
        self._shown = False
