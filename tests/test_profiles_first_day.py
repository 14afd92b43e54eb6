"""The first day of `iamgen profiles`: the steps of each tool, and what a roster changes in them."""

from __future__ import annotations

from typing import Any

import pytest

from iamgen.profiles import profiles
from iamgen.profiles_first_day import first_day
from iamgen.profiles_identity import TOOLS, Tool, Wish
from profiles_help import HERE, THERE, roster

PASSWORD = "with the password from an administrator"
SIGN_IN = f"Sign in at https://{HERE}.signin.aws.amazon.com/console as alice, {PASSWORD}"
STEPS = [
    "Put the profiles into ~/.aws/config, in place of any with the same names.",
    f"{SIGN_IN} (none that must be changed at once: the gate denies that).",
    "Security credentials > Assign MFA device: an authenticator app, named alice.",
    "Sign out, and sign in again with a code: before that, everything else is denied.",
    "Security credentials > Access keys: make one for the command line.",
]


def steps(tool: Tool = "aws-vault", wish: dict[str, Any] | None = None, **changes: Any) -> tuple[str, ...]:
    """Alice's first day."""
    given = roster(**changes)
    return first_day(profiles(given, Wish("alice", tool, **(wish or {}))), given)


def commands(found: tuple[str, ...]) -> list[str]:
    """The lines to type."""
    return [line.strip() for step in found for line in step.splitlines()[1:]]


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_begins_alike(tool: Tool) -> None:
    """To the key, in this order: without a second sign-in the key cannot be made."""
    assert list(steps(tool)[:5]) == STEPS


@pytest.mark.parametrize(
    ("tool", "with_role", "without"),
    [
        (
            "aws-vault",
            ["aws-vault add alice", "aws-vault exec OpsSudo -- terraform plan", "aws-vault login OpsSudo"],
            ["aws-vault add alice", "aws-vault exec alice -- terraform plan"],
        ),
        (
            "cli",
            [
                "aws configure --profile alice",
                'eval "$(aws configure export-credentials --profile OpsSudo --format env)"',
                "terraform plan",
            ],
            [
                "aws configure --profile alice",
                "aws configure mfa-login --profile alice --update-profile alice-mfa",
                "AWS_PROFILE=alice-mfa terraform plan",
            ],
        ),
        (
            "granted",
            [
                "aws configure --profile alice",
                "granted credentials import alice",
                "assume OpsSudo",
                "terraform plan",
                "assume --console OpsSudo",
            ],
            ["aws configure --profile alice", "granted credentials import alice", "assume alice", "terraform plan"],
        ),
    ],
)
def test_commands(tool: Tool, with_role: list[str], without: list[str]) -> None:
    """What is typed, for a user with a role and for one without."""
    assert commands(steps(tool)) == with_role
    assert commands(steps(tool, groups=[{"name": "ops"}])) == without


@pytest.mark.parametrize("tool", TOOLS)
def test_the_plaintext_is_deleted(tool: Tool) -> None:
    """Or, where a tool keeps the key in plain text, that is said."""
    (step,) = [step for step in steps(tool) if step.startswith("Delete")]
    expected = {
        "cli": "Delete the downloaded .csv. The AWS CLI keeps the key in plain text in ~/.aws/credentials",
    }.get(tool, "Delete the plaintext credentials: the downloaded .csv, and [alice] in ~/.aws/credentials")
    assert step.startswith(expected)


@pytest.mark.parametrize("tool", ["aws-vault", "granted"])
def test_a_console_session_of_the_base_profile_is_warned_of(tool: Tool) -> None:
    """It would come from GetFederationToken."""
    wrong = {"aws-vault": "aws-vault login alice", "granted": "assume --console alice"}[tool]
    assert f"(not `{wrong}`, whose GetFederationToken the gate denies)" in steps(tool)[-1]


@pytest.mark.parametrize(
    ("serial", "what"),
    [
        (f"arn:aws:iam::{HERE}:mfa/phone", "an authenticator app, named phone."),
        (f"arn:aws:iam::{HERE}:mfa/a/b", f"an authenticator app, with the ARN arn:aws:iam::{HERE}:mfa/a/b."),
        ("GAHT12345678", "the hardware token GAHT12345678."),
    ],
)
def test_the_device(serial: str, what: str) -> None:
    """Named so that its serial is the one in the ini."""
    assert steps(wish={"mfa_serial": serial})[2].endswith(what)


def test_what_a_roster_lets_nobody_do_themselves() -> None:
    """An administrator has to."""
    found = steps(mfa={"self_service": ["password"]})
    assert found[2] == (
        "Ask an administrator to assign you an authenticator app, named alice: this roster lets nobody add their own."
    )
    assert found[4] == "Ask an administrator for an access key: this roster lets nobody make their own."


def test_a_password_may_be_changed_at_once_where_the_gate_exempts_it() -> None:
    found = steps(mfa={"change_password_before_mfa": True, "reason": "resets"})
    assert found[1] == f"{SIGN_IN}."


def test_a_user_of_another_account_follows_the_rules_of_that_account() -> None:
    """Not those of this roster."""
    found = steps(wish={"user_account": THERE}, mfa={"self_service": ["password"]})
    assert found[1] == f"{SIGN_IN}.".replace(HERE, THERE)
    assert found[4] == STEPS[4]


def test_where_no_address_is_known() -> None:
    assert steps(region="us-iso-east-1")[1].startswith("Sign in to the console of your account as alice, ")
