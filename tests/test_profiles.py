"""`iamgen.profiles`: which profiles a user gets from a roster, for each tool, and what is refused."""

from __future__ import annotations

from typing import Any, get_args

import botocore.loaders
import pytest

from iamgen.cli.profiles import profiles as command
from iamgen.profiles import ini, profiles
from iamgen.profiles_identity import TOOLS, Tool, Wish, region_partition
from profiles_help import DEVICE, HERE, THERE, notes, refused, roster, sections

ROLE = f"""
[profile OpsSudo]
region = eu-west-1
role_arn = arn:aws:iam::{HERE}:role/OpsSudo
source_profile = alice
mfa_serial = {DEVICE}
role_session_name = alice
duration_seconds = %d
"""
BASE = f"[profile alice]\nregion = eu-west-1\nmfa_serial = {DEVICE}\n"
KEY_IN_GRANTED = (
    "[profile alice]\nregion = eu-west-1\ncredential_process = granted credential-process --profile=alice\n"
)


@pytest.mark.parametrize(
    ("tool", "max_session", "expected"),
    [
        ("aws-vault", "1h", BASE + ROLE % 3600),
        ("aws-vault", "12h", BASE + ROLE % 3600),  # more would make aws-vault skip GetSessionToken
        ("cli", "1h", BASE + ROLE % 3600),
        ("cli", "12h", BASE + ROLE % 43200),
        ("granted", "12h", KEY_IN_GRANTED + ROLE % 43200),
    ],
)
def test_golden(tool: Tool, max_session: str, expected: str) -> None:
    """The whole file, byte for byte."""
    given = roster(sudo_roles=[{"name": "OpsSudo", "max_session": max_session}])
    assert ini(profiles(given, Wish("alice", tool))) == expected


def test_without_a_role_granted_asks_for_a_code_on_the_base_profile() -> None:
    """No role would meet the session, and the user needs MFA."""
    given = roster(groups=[{"name": "ops"}])
    assert ini(profiles(given, Wish("alice", "granted"))) == (
        f"[profile alice]\nregion = eu-west-1\nmfa_serial = {DEVICE}\n"
        "credential_process = granted credential-process --profile=alice\n"
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_a_user_without_roles_gets_the_base_profile_and_is_told(tool: Tool) -> None:
    """Whether the user is in no group or in none with `sudo`."""
    for given in (roster(users=[{"name": "alice"}]), roster(groups=[{"name": "ops"}])):
        assert list(sections(given, Wish("alice", tool))) == ["alice"]
        assert "alice may assume no role through this roster: there is only the base profile." in notes(
            given, Wish("alice", tool)
        )


def test_flags_override_the_roster() -> None:
    """Each of them."""
    wish = Wish("alice", account="333333333333", region="us-east-1", mfa_serial="GAHT12345678")
    assert sections(roster(), wish)["OpsSudo"] == {
        "region": "us-east-1",
        "role_arn": "arn:aws:iam::333333333333:role/OpsSudo",
        "source_profile": "alice",
        "mfa_serial": "GAHT12345678",
        "role_session_name": "alice",
        "duration_seconds": "3600",
    }


@pytest.mark.parametrize(
    ("tool", "told"),
    [
        ("aws-vault", "Profile OpsSudo has sessions of 1h, though the role allows 12h: above 1h aws-vault skips"),
        ("aws-vault", "aws-vault keeps a sign-in with MFA for 8h, and after 30m it is refused: "),
        ("aws-vault", "is refused: set AWS_CHAINED_SESSION_TOKEN_TTL=30m, or run `aws-vault clear`."),
        ("cli", "The gate denies profile alice by itself: the AWS CLI uses mfa_serial only beside role_arn."),
        ("cli", "`aws configure mfa-login --profile alice --update-profile alice-mfa` (AWS CLI 2.31 or later)"),
        ("cli", "`aws login --profile alice-login` (AWS CLI 2.32 or later, passkeys too)"),
        ("granted", "The gate denies profile alice by itself: it hands out the bare access key."),
        ("granted", f"--update-profile alice-mfa --serial-number {DEVICE}` (AWS CLI 2.31 or later)."),
        *(
            (tool, f"mfa_serial is the default, {DEVICE}: if the device has another name, give --mfa-serial,")
            for tool in TOOLS
        ),
    ],
)
def test_traps_of_each_tool_are_told(tool: Tool, told: str) -> None:
    """A role with long sessions and a short age of MFA shows them all."""
    given = roster(sudo_roles=[{"name": "OpsSudo", "max_session": "12h", "mfa_max_age": "30m"}])
    assert told in notes(given, Wish("alice", tool))


@pytest.mark.parametrize(
    ("tool", "changes"),
    [
        ("aws-vault", {}),
        ("aws-vault", {"sudo_roles": [{"name": "OpsSudo", "mfa_max_age": "8h"}]}),
        ("granted", {"groups": []}),
    ],
)
def test_nothing_to_tell(tool: Tool, changes: dict[str, Any]) -> None:
    """What meets no trap is not talked about."""
    given = roster(users=[{"name": "alice", "groups": ["ops"], "mfa_serial": DEVICE}], **changes)
    quiet = notes(given, Wish("alice", tool)).replace(
        "alice may assume no role through this roster: there is only the base profile.", ""
    )
    assert not quiet


@pytest.mark.parametrize("sudo", ["OpsSudo", f"arn:aws:iam::{THERE}:role/Deploy"])
def test_an_age_below_what_a_session_lasts_is_not_offered_as_its_length(sudo: str) -> None:
    """GetSessionToken gives 15 minutes at least; the gate's age counts as the role's does, wherever the role is."""
    told = notes(roster(mfa={"max_age": "10m"}, groups=[{"name": "ops", "sudo": [sudo]}]), Wish("alice"))
    assert "aws-vault keeps a sign-in with MFA for 8h, and after 10m it is refused: run `aws-vault clear`." in told


def test_no_region_is_told_and_left_out() -> None:
    """The key is absent, not empty."""
    given = roster(region=None)
    assert all("region" not in keys for keys in sections(given, Wish("alice")).values())
    assert "No region is known: give --region, write `region:` in the roster, or set AWS_REGION." in notes(
        given, Wish("alice")
    )


@pytest.mark.parametrize(
    ("user", "session"),
    [("a", "iam-a"), ("al", "al"), ("a" * 64, "a" * 64), ("x+=,.@_-y", "x+=,.@_-y"), ("-", "iam--")],
)
def test_role_session_name(user: str, session: str) -> None:
    """STS takes 2 to 64 characters."""
    given = roster(users=[{"name": user, "groups": ["ops"]}])
    assert sections(given, Wish(user))["OpsSudo"]["role_session_name"] == session
    told = f"role_session_name is {session}: STS asks for at least 2 characters." in notes(given, Wish(user))
    assert told == (session != user)


ARN = f"arn:aws:iam::{THERE}:role"


@pytest.mark.parametrize(
    ("user", "sudo", "names"),
    [
        ("alice", ["OpsSudo", f"{ARN}/team/Deploy"], ["alice", "OpsSudo", "Deploy"]),
        ("alice", ["OpsSudo", f"{ARN}/OpsSudo"], ["alice", f"OpsSudo@{HERE}", f"OpsSudo@{THERE}"]),
        ("alice", ["OpsSudo", f"{ARN}/opssudo"], ["alice", f"OpsSudo@{HERE}", f"opssudo@{THERE}"]),
        ("opssudo", ["OpsSudo"], ["opssudo", f"OpsSudo@{HERE}"]),
        ("alice", ["OpsSudo", f"arn:aws:iam::{HERE}:role/OpsSudo"], ["alice", "OpsSudo"]),
        ("default", ["OpsSudo", f"{ARN}/Default"], ["iam-default", "OpsSudo", f"iam-Default@{THERE}"]),
        ("-rf", ["OpsSudo"], ["iam--rf", "OpsSudo"]),
    ],
)
def test_names_of_profiles_are_unique_and_safe(user: str, sudo: list[str], names: list[str]) -> None:
    """The role's name, with its account where that is taken; never `default`, never like an option."""
    given = roster(groups=[{"name": "ops", "sudo": sudo}], users=[{"name": user, "groups": ["ops"]}])
    assert list(sections(given, Wish(user))) == names


def test_a_renamed_base_profile_is_told() -> None:
    """Its user would look for it."""
    given = roster(users=[{"name": "default", "groups": ["ops"]}])
    assert "The profile of user default is called iam-default." in notes(given, Wish("default"))


def test_names_that_stay_ambiguous_are_refused() -> None:
    """Two paths, one name, one account: at most one of them can exist."""
    given = roster(groups=[{"name": "ops", "sudo": [f"{ARN}/a/Deploy", f"{ARN}/b/Deploy"]}])
    assert refused(given, Wish("alice")) == (
        f"two roles would share one profile name, deploy@{THERE}: {ARN}/a/Deploy, {ARN}/b/Deploy"
    )


def test_a_change_of_one_role_changes_one_profile() -> None:
    """The order is that of the groups."""
    groups = [{"name": "ops", "sudo": ["OpsSudo"]}, {"name": "net", "sudo": ["NetSudo", "OpsSudo"]}]
    given = roster(
        sudo_roles=[{"name": "NetSudo", "path": "/net/"}, {"name": "OpsSudo"}],
        groups=groups,
        users=[{"name": "alice", "groups": ["net", "ops"]}],
    )
    found = sections(given, Wish("alice"))
    assert list(found) == ["alice", "OpsSudo", "NetSudo"]
    assert found["NetSudo"]["role_arn"] == f"arn:aws:iam::{HERE}:role/net/NetSudo"
    assert found["OpsSudo"]["role_arn"] == f"arn:aws:iam::{HERE}:role/OpsSudo"


def test_the_tools_of_the_command_are_those_we_know() -> None:
    """The command line does not load the models only to list them."""
    option = next(option for option in command.params if option.name == "tool")
    assert tuple(option.type.choices) == TOOLS == get_args(Tool)  # type: ignore[attr-defined]  # a click.Choice


def test_regions_lie_in_the_partitions_that_the_sdks_say() -> None:
    """Every region that botocore knows."""
    data = botocore.loaders.Loader().load_data("partitions")
    found = {region: part["id"] for part in data["partitions"] for region in part["regions"] if "global" not in region}
    assert found
    assert {region: region_partition(region) for region in found} == found
