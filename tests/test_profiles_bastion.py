"""`iamgen profiles` for a user in one account and roles in another, from the roster of either."""

from __future__ import annotations

import pytest

from iamgen.profiles_identity import Wish
from profiles_help import DEVICE, HERE, THERE, notes, roster, sections


def test_no_account_is_needed_where_arns_say_it_all() -> None:
    """A bastion's roster with the device named."""
    groups = [{"name": "ops", "sudo": [f"arn:aws:iam::{THERE}:role/team/Deploy"]}]
    given = roster(account=None, groups=groups)
    assert sections(given, Wish("alice", mfa_serial=DEVICE))["Deploy"]["mfa_serial"] == DEVICE


def test_a_bastion_from_its_own_roster() -> None:
    """The user and its device here, the role there; how long its sessions may last is not known."""
    given = roster(groups=[{"name": "ops", "sudo": [f"arn:aws:iam::{THERE}:role/team/Deploy"]}])
    assert sections(given, Wish("alice", "cli"))["Deploy"] == {
        "region": "eu-west-1",
        "role_arn": f"arn:aws:iam::{THERE}:role/team/Deploy",
        "source_profile": "alice",
        "mfa_serial": DEVICE,
        "role_session_name": "alice",
        "duration_seconds": "3600",
    }


@pytest.mark.parametrize("users", [[], [{"name": "bob", "mfa_serial": f"arn:aws:iam::{HERE}:mfa/phone"}]])
def test_a_bastion_from_the_roster_of_the_roles(users: list[dict[str, str]]) -> None:
    """The user need not be in it; one of the same name here is somebody else."""
    given = roster(
        users=users,
        sudo_roles=[
            {"name": "OpsSudo", "trusted_accounts": [THERE], "user_path": "/ops/", "max_session": "2h"},
            {"name": "Local"},
            {"name": "Other", "trusted_accounts": ["333333333333"]},
        ],
        mfa={"max_age": "1h"},  # a gate of this account, where the user is not
    )
    wish = Wish("bob", "cli", user_account=THERE)
    found = sections(given, wish)
    assert list(found) == ["bob", "OpsSudo"]
    assert found["OpsSudo"]["role_arn"] == f"arn:aws:iam::{HERE}:role/OpsSudo"
    assert found["OpsSudo"]["mfa_serial"] == f"arn:aws:iam::{THERE}:mfa/bob"
    assert found["OpsSudo"]["duration_seconds"] == "7200"
    told = notes(given, wish)
    assert f"bob is in account {THERE}: the roster of {THERE} must let bob assume these roles too." in told
    assert f"Role OpsSudo trusts only users under /ops/ of account {THERE}." in told
    assert "it is refused" not in notes(given, Wish("bob", user_account=THERE))


def test_a_bastion_that_no_role_trusts() -> None:
    """Only the base profile, and told."""
    wish = Wish("alice", user_account=THERE)
    assert list(sections(roster(), wish)) == ["alice"]
    assert f"No role of this roster trusts account {THERE} (`trusted_accounts:`)." in notes(roster(), wish)
