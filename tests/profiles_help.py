"""A roster with one user, group and role, and what the tests of `iamgen profiles` ask about it."""

from __future__ import annotations

from configparser import RawConfigParser
from typing import Any

import pytest

from iamgen.profiles import ini, profiles
from iamgen.profiles_identity import Wish
from iamgen.roster import Roster
from iamgen_rules.errors import UsageError

HERE, THERE = "111111111111", "222222222222"
DEVICE = f"arn:aws:iam::{HERE}:mfa/alice"


def roster(**changes: Any) -> Roster:
    """Alice is in group ops, whose members may become OpsSudo."""
    basis: dict[str, Any] = {
        "version": "1",
        "account": HERE,
        "region": "eu-west-1",
        "sudo_roles": [{"name": "OpsSudo"}],
        "groups": [{"name": "ops", "sudo": ["OpsSudo"]}],
        "users": [{"name": "alice", "groups": ["ops"]}],
    }
    return Roster.model_validate({**basis, **changes})


def sections(given: Roster, wish: Wish) -> dict[str, dict[str, str]]:
    """The ini as configparser reads it, without the word `profile`."""
    parser = RawConfigParser(strict=True)
    parser.read_string(ini(profiles(given, wish)))
    return {name.removeprefix("profile "): dict(parser[name]) for name in parser.sections()}


def notes(given: Roster, wish: Wish) -> str:
    """What the user is told."""
    return "\n".join(profiles(given, wish).notes)


def refused(given: Roster, wish: Wish) -> str:
    """The text of the error."""
    with pytest.raises(UsageError) as caught:
        profiles(given, wish)
    return str(caught.value)
