"""`iamgen profiles`: users, roles, accounts, partitions and devices: found, defaulted or refused."""

from __future__ import annotations

from typing import Any

import pytest

from iamgen.profiles_identity import Wish
from profiles_help import DEVICE, HERE, THERE, notes, refused, roster, sections

ALICE = Wish("alice")
NOT_HERE = "the account is not known: give --account, or write `account:` in the roster"
IN_CHINA = f"arn:aws-cn:iam::{THERE}:role/Ops"
SIX = [{"name": name} for name in "abcdef"]
NO_NAME = "is not a user name: use A-Z, a-z, 0-9 and +=,.@_-"


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Wish(""), f"--user: '' {NO_NAME}"),
        (Wish("alice]\nx = y"), f"--user: 'alice]\\nx = y' {NO_NAME}"),
        (Wish("a" * 65), "--user: 65 characters; the quota for user names allows 64"),
        (Wish("alice", account="12345"), "--account: '12345' is not an account: write its 12 digits"),
        (Wish("alice", user_account="x"), "--user-account: 'x' is not an account: write its 12 digits"),
        (Wish("alice", region="Ireland"), "--region: 'Ireland' is not a region, such as eu-west-1"),
        (Wish("alice", region="eu-west-1\n"), "--region: 'eu-west-1\\n' is not a region, such as eu-west-1"),
    ],
)
def test_bad_flags(wish: Wish, error: str) -> None:
    """Nothing from a flag can become a line of the ini."""
    assert refused(roster(), wish) == error


def test_all_bad_flags_at_once() -> None:
    assert refused(roster(), Wish("", account="1", region="x")) == (
        f"--user: '' {NO_NAME}\n"
        "--account: '1' is not an account: write its 12 digits\n"
        "--region: 'x' is not a region, such as eu-west-1"
    )


@pytest.mark.parametrize(
    ("serial", "error"),
    [
        ("u2f/user/alice/key-X7", "a passkey or security key gives no codes, which STS and the AWS CLI ask for"),
        ("sms-mfa/alice", "AWS has ended MFA by text message: add an authenticator app"),
        ("user/alice", "is not an MFA device's serial, such as arn:aws:iam::123456789012:mfa/phone"),
        ("mfa/a;b", "is not an MFA device's serial, such as arn:aws:iam::123456789012:mfa/phone"),
        ("mfa/a\nregion = x", "is not an MFA device's serial, such as arn:aws:iam::123456789012:mfa/phone"),
    ],
)
def test_serials_that_give_no_codes(serial: str, error: str) -> None:
    """Refused with the reason; in the roster, the roster does it."""
    found = refused(roster(), Wish("alice", mfa_serial=f"arn:aws:iam::{HERE}:{serial}"))
    assert found.startswith("--mfa-serial: ")
    assert error in found


def test_the_serial_comes_from_the_flag_then_the_roster_then_the_default() -> None:
    """Hardware serials are taken as they are."""
    written = roster(users=[{"name": "alice", "groups": ["ops"], "mfa_serial": "GAHT12345678"}])
    phone = f"arn:aws:iam::{HERE}:mfa/alices-phone"
    for given, wish, serial in (
        (roster(), ALICE, DEVICE),
        (written, ALICE, "GAHT12345678"),
        (written, Wish("alice", mfa_serial=phone), phone),
    ):
        assert {keys["mfa_serial"] for keys in sections(given, wish).values()} == {serial}
        assert ("mfa_serial is the default" in notes(given, wish)) == (serial == DEVICE)


@pytest.mark.parametrize(
    ("changes", "user", "error"),
    [
        ({}, "alcie", "--user: 'alcie' is not in the roster; did you mean 'alice'?"),
        ({}, "Alice", "--user: 'Alice' is not in the roster; did you mean 'alice'?"),
        ({}, "zoe", "--user: 'zoe' is not in the roster: it has alice"),
        ({"users": []}, "zoe", "--user: 'zoe' is not in the roster, which has no users"),
        ({"users": SIX}, "zoe", "--user: 'zoe' is not in the roster: it has a, b, c, d, e and more"),
    ],
)
def test_an_unknown_user(changes: dict[str, Any], user: str, error: str) -> None:
    """Refused with near names."""
    assert refused(roster(**changes), Wish(user)) == error


def test_a_user_of_a_terraform_variable() -> None:
    """Taken as a member of the groups that have one, and of no other; told, with the near name."""
    given = roster(
        path="/staff/",
        sudo_roles=[{"name": "OpsSudo"}, {"name": "Deploy", "user_path": "/staff/"}, {"name": "Net"}],
        groups=[
            {"name": "ops", "sudo": ["OpsSudo"], "users_variable": "ops_users"},
            {"name": "net", "sudo": ["Net"]},
            {"name": "dev", "sudo": ["Deploy"], "users_variable": "dev_users"},
        ],
    )
    assert list(sections(given, Wish("alicia"))) == ["alicia", "OpsSudo", "Deploy"]
    expected = (
        "alicia is not written in the roster: taken as a member, by Terraform variable, of ops (var.ops_users), "
        "dev (var.dev_users). The roster itself has alice."
    )
    assert expected in notes(given, Wish("alicia"))
    assert "Terraform variable" not in notes(given, ALICE)


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ({"user_path": "/ops/"}, "Role OpsSudo is left out: it trusts only users under /ops/, and alice is under /."),
        ({"trusted_accounts": [THERE]}, f"Role OpsSudo is left out: it trusts {THERE} and not {HERE}, where alice is."),
    ],
)
def test_a_role_that_cannot_be_assumed_is_left_out(role: dict[str, Any], told: str) -> None:
    """And the user is told why."""
    given = roster(sudo_roles=[{"name": "OpsSudo", **role}])
    assert list(sections(given, ALICE)) == ["alice"]
    assert told in notes(given, ALICE)


@pytest.mark.parametrize(
    ("role", "user"),
    [
        ({"user_path": "/ops/"}, {"path": "/ops/team/"}),
        ({"trusted_accounts": [THERE, HERE]}, {}),
    ],
)
def test_a_role_that_can(role: dict[str, Any], user: dict[str, Any]) -> None:
    """The neighbours of the cases above."""
    given = roster(sudo_roles=[{"name": "OpsSudo", **role}], users=[{"name": "alice", "groups": ["ops"], **user}])
    assert list(sections(given, ALICE)) == ["alice", "OpsSudo"]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (f"arn:aws:iam::{THERE}:role/{'a' * 65}", "names of roles have at most 64 characters."),
        (f"arn:aws-cn:iam::{THERE}:role/Ops", "roles of aws-cn cannot be assumed from aws."),
    ],
)
def test_an_arn_that_names_no_role_to_assume(entry: str, why: str) -> None:
    given = roster(groups=[{"name": "ops", "sudo": [entry]}])
    assert list(sections(given, ALICE)) == ["alice"]
    assert f"{entry} is left out: {why}" in notes(given, ALICE)


@pytest.mark.parametrize(
    ("changes", "wish", "partition"),
    [
        ({}, ALICE, "aws"),
        ({"partition": "aws-iso"}, Wish("alice", region="us-iso-east-1"), "aws-iso"),
        ({"partition": "aws-us-gov", "region": None}, ALICE, "aws-us-gov"),
        ({"region": "us-gov-west-1"}, ALICE, "aws-us-gov"),
        ({}, Wish("alice", region="cn-north-1"), "aws-cn"),
        ({"region": None}, Wish("alice", mfa_serial=f"arn:aws-cn:iam::{HERE}:mfa/alice"), "aws-cn"),
        ({"region": None, "groups": [{"name": "ops", "sudo": ["OpsSudo", IN_CHINA]}]}, ALICE, "aws-cn"),
        ({"region": "new-zone-1"}, ALICE, "aws"),
    ],
)
def test_partition(changes: dict[str, Any], wish: Wish, partition: str) -> None:
    """From the roster, the region, or an ARN; else `aws`."""
    keys = sections(roster(**changes), wish)["OpsSudo"]
    assert keys["role_arn"] == f"arn:{partition}:iam::{HERE}:role/OpsSudo"
    assert keys["mfa_serial"] == f"arn:{partition}:iam::{HERE}:mfa/alice"


@pytest.mark.parametrize(
    ("changes", "wish"),
    [
        ({"account": None}, ALICE),
        ({"account": None}, Wish("alice", user_account=THERE)),
        ({"account": None}, Wish("bob", user_account=THERE)),
        ({"account": None, "groups": []}, ALICE),
    ],
)
def test_a_missing_account(changes: dict[str, Any], wish: Wish) -> None:
    """Refused by name of the flag and of the field."""
    assert refused(roster(**changes), wish) == NOT_HERE


def test_a_region_outside_the_partition() -> None:
    assert refused(roster(partition="aws"), Wish("alice", region="cn-north-1")) == (
        "region cn-north-1 lies in partition aws-cn, but the roster says `partition: aws`: "
        "give another --region, or change the roster"
    )


def test_a_device_outside_the_partition() -> None:
    serial = f"arn:aws-cn:iam::{HERE}:mfa/alice"
    assert refused(roster(), Wish("alice", mfa_serial=serial)) == (
        f"--mfa-serial: {serial} is in partition aws-cn, the profiles are for aws"
    )


@pytest.mark.parametrize(
    ("source", "users", "wish", "device", "user"),
    [
        ("--mfa-serial", [{"name": "alice"}], Wish("alice", mfa_serial=f"arn:aws:iam::{THERE}:mfa/x"), THERE, HERE),
        (
            "the mfa_serial of user alice in the roster",
            [{"name": "alice", "mfa_serial": DEVICE}],
            Wish("alice", account=THERE),
            HERE,
            THERE,
        ),
    ],
)
def test_a_device_of_another_account(
    source: str, users: list[dict[str, str]], wish: Wish, device: str, user: str
) -> None:
    """A device is where its user is."""
    assert refused(roster(users=users), wish) == (
        f"{source}: the device is in account {device}, the user in {user}: "
        f"give --user-account {device} if the user signs in there"
    )
