"""`iamgen init`: the embedded default as a file to edit."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from iamgen.cli.output import say
from iamgen.cli.roster import HERE
from iamgen.write import create


@click.command(short_help="Write a commented iamgen.yaml.")
@click.argument("path", required=False, default=HERE, type=click.Path(path_type=Path))
def init(path: Path) -> None:
    """Write a commented iamgen.yaml to PATH, a file or an existing folder; by default here. Never overwrites.

    \b
    Example:
      iamgen init
    """
    from iamgen.files import default_text

    roster = path / HERE if path.is_dir() else path
    create(roster, default_text())
    named = () if roster == HERE else (str(roster),)
    say(f"wrote {roster}; next: edit it, then run `{shlex.join(('iamgen', 'render', *named, '-o', 'main.tf'))}`")
