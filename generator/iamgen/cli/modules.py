"""`iamgen modules`: the Terraform modules that `render --module-source` calls."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from iamgen.cli.output import deliver


@click.command(short_help="Write the Terraform modules into a folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; show the diff and exit 1 when a file is stale.")
@click.pass_context
def modules(context: click.Context, folder: Path, check: bool) -> None:
    """Write the Terraform modules into DIR and show what changes.

    \b
    Example:
      iamgen modules ./modules
    """
    from iamgen.render import render_modules

    files = {folder / name: text for name, text in render_modules().items()}
    fresh = deliver(files, check=check, again=shlex.join(("iamgen", "modules", str(folder))))
    context.exit(1 if check and not fresh else 0)
