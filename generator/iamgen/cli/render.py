"""`iamgen render`: a roster to Terraform, on standard output or in files."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iamgen.cli.output import deliver
from iamgen.cli.promise import Promise
from iamgen.cli.roster import HERE, find, read
from iamgen_rules.errors import UsageError

if TYPE_CHECKING:
    from iamgen.load import Loaded


@dataclass(frozen=True, slots=True)
class _Flags:
    """What the command line says beside the roster."""

    output: str | None
    module_source: str | None
    region: str | None

    def check(self) -> None:
        """By the types of the roster's fields; raises click.BadParameter."""
        from iamgen import fields

        _check("-o", self.output, fields.OutputPath)
        _check("--module-source", self.module_source, fields.ModuleSource)
        _check("--region", self.region, fields.Region)

    def words(self) -> tuple[str, ...]:
        """The flags as they were given."""
        given = (("-o", self.output), ("--module-source", self.module_source), ("--region", self.region))
        return tuple(word for flag, value in given if value is not None for word in (flag, value))


@click.command(short_help="Render Terraform from a roster.")
@click.argument("roster", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="PATH", help="Write to PATH: one file when it ends in .tf, else a folder.")
@click.option("--check", is_flag=True, help="Write nothing; show the diff and exit 1 when a file is stale.")
@click.option("--module-source", metavar="SOURCE", help="Call the modules at SOURCE: a path, a git URL, a registry.")
@click.option("--region", metavar="REGION", help="Add a provider block for REGION.")
@click.pass_context
def render(
    context: click.Context,
    roster: Path | None,
    output: str | None,
    check: bool,
    module_source: str | None,
    region: str | None,
) -> None:
    """Render Terraform from ROSTER: by default ./iamgen.yaml, and where there is none the built-in default.

    Without -o it goes to standard output. --check compares with -o, or with the roster's output.path.

    \b
    Example:
      iamgen render > main.tf
      iamgen render -o main.tf
      iamgen render --check
    """
    promise, flags = context.ensure_object(Promise), _Flags(output, module_source, region)
    if output is None and not check:
        promise.guard()
        promise.keep(_print(roster, flags))
    else:
        promise.release()
        fresh = _write(roster, flags, check=check)
        context.exit(1 if check and not fresh else 0)


def _print(roster: Path | None, flags: _Flags) -> str:
    flags.check()
    return _render(read(find(roster)), flags, split=False)["main.tf"]


def _write(roster: Path | None, flags: _Flags, *, check: bool) -> bool:
    flags.check()
    path = find(roster)
    loaded = read(path)
    target = _target(flags.output, loaded.roster.output.path, path)
    split = target.suffix != ".tf"
    texts = _render(loaded, flags, split=split)
    files = {target / name if split else target: text for name, text in texts.items()}
    named = () if roster is None else (str(roster),)
    again = shlex.join(("iamgen", "render", *named, *replace(flags, output=str(target)).words()))
    return deliver(files, check=check, again=again)


def _check(flag: str, value: str | None, kind: Any) -> None:
    from pydantic import TypeAdapter, ValidationError

    if value is None:
        return
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        raise click.BadParameter(error.errors()[0]["msg"], param_hint=flag) from error


def _render(loaded: Loaded, flags: _Flags, *, split: bool) -> dict[str, str]:
    from iamgen.render import Options, render

    source = flags.module_source or loaded.roster.output.module_source
    return render(loaded, Options(module_source=source, region=flags.region, split=split))


def _target(output: str | None, named: str | None, path: Path | None) -> Path:
    """Where files go: -o from here, or output.path from the roster's folder."""
    if output in ("", "-"):
        raise click.BadParameter("leave it out for standard output", param_hint="-o")
    if output is not None:
        return Path(output)
    if named is None:
        raise UsageError("nothing to compare with: give -o PATH, or set output.path in the roster")
    return (path or HERE).parent / named
