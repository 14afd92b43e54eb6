"""`iamgen rule`: the catalogue of rules, or the page of one."""

from __future__ import annotations

import click

from iamgen.cli.output import put
from iamgen_rules.errors import UsageError


@click.command(short_help="Show the rules, or the page of one.")
@click.argument("code", required=False)
def rule(code: str | None) -> None:
    """List the rules, or show the page of the one with this CODE or name.

    \b
    Example:
      iamgen rule
      iamgen rule IAM004
      iamgen rule mfa-condition-misses-sessions
    """
    from iamgen_rules.checks import rules
    from iamgen_rules.engine.selection import no_rule
    from iamgen_rules.pages import catalogue, page

    known = rules()
    if code is None:
        put(catalogue(known))
        return
    meant = [one for one in known.values() if code.lower() in (one.code.lower(), one.name)]
    if not meant:
        raise UsageError(f"{no_rule(code, known)}; `iamgen rule` lists them")
    put(page(meant[0]))
