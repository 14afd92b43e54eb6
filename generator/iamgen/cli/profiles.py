"""`iamgen profiles`: one user's profiles or links on standard output, notes and the first day on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from iamgen.cli.output import put, say
from iamgen.cli.roster import find, read

if TYPE_CHECKING:
    from iamgen.profiles_identity import Tool, Wish
    from iamgen.roster import Roster


@click.command(short_help="Print a user's AWS CLI profiles and first day.")
@click.argument("roster", required=False, type=click.Path(path_type=Path))
@click.option("--user", required=True, metavar="NAME", help="The IAM user.")
@click.option("--account", metavar="DIGITS", help="Account of the roster's roles.  [default: the roster's]")
@click.option("--region", metavar="REGION", help="Region of every profile.  [default: the roster's]")
@click.option(
    "--mfa-serial", metavar="SERIAL", help="Serial of the MFA device.  [default: the roster's, else mfa/NAME]"
)
@click.option("--user-account", metavar="DIGITS", help="Account of the user and its device, when that is a bastion.")
@click.option(
    "--tool",
    type=click.Choice(["aws-vault", "cli", "granted"]),
    default="aws-vault",
    show_default=True,
    help="Program that holds the access key.",
)
@click.option("--links", is_flag=True, help="Print switch-role links of the console instead.")
def profiles(
    roster: Path | None,
    user: str,
    account: str | None,
    region: str | None,
    mfa_serial: str | None,
    user_account: str | None,
    tool: str,
    links: bool,
) -> None:
    """Print a user's AWS CLI profiles and first day.

    ROSTER is iamgen.yaml by default, where there is one; else the built-in default. The profiles go to
    standard output, what to know about them and the user's first day to standard error.

    \b
    Example:
      iamgen profiles --user alice --account 123456789012 >> ~/.aws/config
      iamgen profiles --user alice --tool granted --region eu-west-1
      iamgen profiles --user alice --links
    """
    from iamgen.profiles_identity import Wish

    wish = Wish(user, cast("Tool", tool), account, region, mfa_serial, user_account)
    show = _links if links else _profiles
    show(read(find(roster)).roster, wish)


def _profiles(roster: Roster, wish: Wish) -> None:
    from iamgen.profiles import ini
    from iamgen.profiles import profiles as profiles_of
    from iamgen.profiles_first_day import first_day

    result = profiles_of(roster, wish)
    put(ini(result))
    _say("Notes", [f"- {note}" for note in result.notes])
    _say("First day", [f"{number}. {step}" for number, step in enumerate(first_day(result, roster), 1)])


def _links(roster: Roster, wish: Wish) -> None:
    from iamgen.profiles import choose
    from iamgen.profiles import links as links_of
    from iamgen.profiles_first_day import sign_in

    choice = choose(roster, wish)
    found, notes = links_of(choice)
    put("".join(f"{link}\n" for link in found))
    _say("Notes", [f"- {note}" for note in (*choice.notes, *notes)])
    if found:
        say(f"{sign_in(choice.where, wish.user)}, with a code; then open a link: the console switches to the role.")


def _say(title: str, lines: Iterable[str]) -> None:
    shown = [line.replace("\n", "\n   ") for line in lines]
    if shown:
        say("\n".join((f"{title}:", *shown, "")))
