"""`iamgen schema`: what editors need to know of `iamgen.yaml`."""

from __future__ import annotations

import json

import click

from iamgen.cli.output import put


@click.command(short_help="Print the JSON Schema of iamgen.yaml.")
def schema() -> None:
    """Print the JSON Schema of iamgen.yaml, for editors.

    \b
    Example:
      iamgen schema > iamgen.schema.json
    """
    from iamgen.schema import schema as roster_schema

    put(json.dumps(roster_schema(), indent=2) + "\n")
