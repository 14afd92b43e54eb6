"""`iamgen why`: what one principal can do in each of its sessions, and through which statements."""

from __future__ import annotations

import click

from iamgen.cli.output import put, say
from iamgen.cli.reading import Reads, options, reads, settings


@click.command(cls=Reads, short_help="Show what a user, group or role can do, and why.")
@click.argument("principal")
@reads
@click.option("--action", metavar="ACTION", help="Ask about one call instead, as iam:CreateUser.")
@click.option("--resource", metavar="ARN", help="On this; with ACCOUNT for the account's digits.  [default: anything]")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of standard output.")
@click.pass_context
def why(
    context: click.Context,
    /,
    principal: str,
    paths: tuple[str, ...],
    var: tuple[str, ...],
    var_file: tuple[str, ...],
    exclude: tuple[str, ...],
    allow_outside: bool,
    action: str | None,
    resource: str | None,
    format_: str,
) -> None:
    """Show what a user, group or role can do in each session, and through which statements.

    PRINCIPAL is a name, a Terraform address or an ARN; user:NAME, group:NAME and role:NAME tell those of one name
    apart. PATH is as for lint. Sessions of a user, or of a group's new member: access-key, a long-term key used
    directly; no-mfa and mfa, the console (and GetSessionToken) without MFA and with; federated, where the key may ask
    for one. Of a role: role, and role-mfa for who entered it with MFA.

    \b
    Example:
      iamgen why alice
      iamgen why 'aws_iam_user.this["alice"]' infra --format json
      iamgen why alice --action s3:GetObject --resource 'arn:aws:s3:::logs/*'
    """
    from iamgen_rules.why import json, text
    from iamgen_rules.why.explaining import Wish
    from iamgen_rules.why.explaining import why as run

    wish = Wish(principal, action, resource)
    answers = run(wish, paths or (".",), settings(), options(context, var, var_file, exclude, allow_outside))
    put((text if format_ == "text" else json).render(answers))
    for problem in answers.errors:
        say(str(problem))
    for source in answers.uninstalled:
        say(f"{source} is not installed: run terraform get")
