"""`iamgen`: the group of commands, and the process around it. A command's module is loaded when it is asked for."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from iamgen.cli.boundary import Terminated, run
from iamgen.cli.output import put

COMMANDS: Mapping[str, tuple[str, str]] = {  # name: (module, short help)
    "init": ("iamgen.cli.init", "Write a commented iamgen.yaml."),
    "render": ("iamgen.cli.render", "Render Terraform from a roster."),
    "modules": ("iamgen.cli.modules", "Write the Terraform modules into a folder."),
    "profiles": ("iamgen.cli.profiles", "Print a user's AWS CLI profiles and first day."),
    "lint": ("iamgen.cli.lint", "Find administrators who act without MFA."),
    "why": ("iamgen.cli.why", "Show what a user, group or role can do, and why."),
    "rule": ("iamgen.cli.rule", "Show the rules, or the page of one."),
    "schema": ("iamgen.cli.schema", "Print the JSON Schema of iamgen.yaml."),
}


class Lazy(click.Group):
    """A group that knows its commands' names and short helps without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(found, click.Command)  # noqa: S101 - a mistake in the table
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; an unknown name is refused with the nearest one."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}.{_near(args[0])}")
        return super().resolve_command(ctx, args)


def _near(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def version() -> str:
    """`iamgen 0.1.0 (AWS-managed policies of 2026-01-31)`."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    from iamgen_rules.policy.aws_managed import snapshot_date

    try:
        number = installed("iamgen")
    except PackageNotFoundError:
        number = "(not installed)"
    return f"iamgen {number} (AWS-managed policies of {snapshot_date()})"


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        put(f"{version()}\n")
        ctx.exit()


@click.group(cls=Lazy, name="iamgen", context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and the date of the policy snapshot.",
)
def iamgen() -> None:
    """Terraform for AWS IAM that enforces MFA.

    \b
    Example:
      iamgen init
      iamgen render -o main.tf
    """


def main() -> NoReturn:
    """The console entry: run the command line and exit with its code."""
    for name in ("SIGTERM", "SIGHUP"):
        _end_cleanly_on(getattr(signal, name, None))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if "_IAMGEN_COMPLETE" in os.environ:
        iamgen.main(prog_name="iamgen")
    sys.exit(run(iamgen, sys.argv[1:]))


def _end_cleanly_on(number: signal.Signals | None) -> None:
    """Unlike the system's default, lets temporary files go and standard output get its last line."""
    if number is not None and signal.getsignal(number) is signal.SIG_DFL:
        signal.signal(number, _terminate)


def _terminate(number: int, _: FrameType | None) -> NoReturn:
    raise Terminated(number)
