"""Where errors end: each becomes text on standard error and an exit code.

0 clean · 1 findings, or stale · 2 what the user can mend · 3 our own bug · 128 + n ended by signal n
(130 Ctrl-C, 141 nobody reads the output any more).
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import click

from iamgen.cli.promise import Promise
from iamgen_rules.errors import IamgenError, InputError

_BUG = 3
_SIGINT, _SIGPIPE = 2, 13
_OURS = ("iamgen", "iamgen_rules")


class Terminated(BaseException):
    """The process was asked to end, by the signal of this number."""

    def __init__(self, number: int) -> None:
        """Keep the signal's number."""
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Failure:
    """What an error comes to: an exit code, one line for who reads the output, the text for who reads the errors."""

    exit_code: int
    reason: str
    text: str


def run(group: click.Group, args: Sequence[str]) -> int:
    """Run a command line and give its exit code; nothing but SystemExit is ever raised."""
    promise = Promise()
    color = False if os.environ.get("NO_COLOR") else None
    try:
        with group.make_context("iamgen", list(args), obj=promise, color=color) as context:
            group.invoke(context)
        return 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (Exception, KeyboardInterrupt, Terminated) as error:  # noqa: BLE001 - here every error ends
        return _report(failure(error), promise, args)


def _report(failed: Failure, promise: Promise, args: Sequence[str]) -> int:
    text = failed.text
    if not promise.fail(args, failed.reason) and text:
        text += "\nWarning: standard output holds no Terraform, and could not be made to say so: do not apply it"
    with suppress(OSError):
        if text:
            click.echo(text, err=True)
    _let_go()
    return failed.exit_code


def _let_go() -> None:
    """What is still in a buffer that cannot be written would be reported again as Python ends."""
    for stream in (each for each in (sys.stdout, sys.stderr) if each is not None):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def failure(error: BaseException) -> Failure:
    """What an error comes to."""
    match error:
        case IamgenError():
            return _ours(error)
        case click.ClickException():
            return _usage(error)
        case KeyboardInterrupt() | click.Abort():
            return Failure(128 + _SIGINT, "interrupted", "interrupted")
        case Terminated():
            return Failure(128 + error.number, "terminated", f"terminated by signal {error.number}")
        case BrokenPipeError():
            return Failure(128 + _SIGPIPE, "nobody read the output to its end", "")
        case OSError():
            text = ": ".join(part for part in (error.filename, error.strerror) if isinstance(part, str)) or str(error)
            return Failure(2, text, f"Error: {text}")
        case _:
            return _bug(error)


def _ours(error: IamgenError) -> Failure:
    lines = str(error).splitlines() or [""]
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    text = str(error) if isinstance(error, InputError) else f"Error: {error}"
    return Failure(error.exit_code, lines[0] + more, text)


def _usage(error: click.ClickException) -> Failure:
    shown = io.StringIO()
    error.show(file=shown)
    return Failure(2, error.format_message(), shown.getvalue().rstrip("\n"))


def _bug(error: BaseException) -> Failure:
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    reason = f"internal error: {what} ({_place(error.__traceback__)})"
    text = f"{reason}\nThis is a bug in iamgen, not in your files: {where_to_report()}."
    if os.environ.get("IAMGEN_TRACEBACK"):
        text = f"{''.join(traceback.format_exception(error))}{text}"
    else:
        text += " IAMGEN_TRACEBACK=1 shows where it happened."
    return Failure(_BUG, reason, text)


def _place(trace: TracebackType | None) -> str:
    """File and line of the last step inside our packages."""
    ours = [
        f"{step.f_globals['__package__'].replace('.', '/')}/{Path(step.f_code.co_filename).name}:{line}"
        for step, line in traceback.walk_tb(trace)
        if step.f_globals.get("__name__", "").partition(".")[0] in _OURS
    ]
    return ours[-1] if ours else "outside our packages"


def where_to_report() -> str:
    """What to do about a bug, as the rest of a sentence."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        links = metadata("iamgen").get_all("Project-URL") or []
    except PackageNotFoundError:
        links = []
    for link in links:
        label, _, url = str(link).partition(", ")
        if any(word in label.lower() for word in ("issue", "bug", "tracker")):
            return f"please report it at {url}, with this text and what you ran"
    return "please report it, with this text and what you ran"
