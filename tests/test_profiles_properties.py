"""Whatever a roster and the flags hold: the ini is read alike by two parsers, and says only what we put into it."""

from __future__ import annotations

import string
import tempfile
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

from botocore.configloader import load_config
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen.profiles import ini, profiles
from iamgen.profiles_identity import TOOLS, Tool, Wish
from iamgen.roster import Roster
from iamgen_rules.errors import UsageError
from profiles_help import HERE, THERE, refused, roster

NAMES = st.text(string.ascii_letters + string.digits + "+=,.@_-", min_size=1, max_size=64)
PATHS = st.lists(NAMES, max_size=3).map(lambda parts: "".join(f"/{part}" for part in parts) + "/")
KEYS = {"region", "role_arn", "source_profile", "mfa_serial", "role_session_name", "duration_seconds"}
NOISE = st.text() | st.sampled_from(["a\nb = c", "a]\n[profile b", "a\r\nb=c", "%(x)s", "a b", "a#b", "\u2028", "\x00"])


def with_configparser(text: str) -> dict[str, dict[str, str]]:
    """Profiles as Python's own parser reads them."""
    parser = RawConfigParser(strict=True)
    parser.read_string(text)
    return {name.removeprefix("profile "): dict(parser[name]) for name in parser.sections()}


def with_botocore(text: str) -> dict[str, dict[str, str]]:
    """Profiles as the AWS CLI and the SDK for Python read them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config"
        path.write_bytes(text.encode())
        profiles_read: dict[str, dict[str, str]] = load_config(str(path))["profiles"]
        return profiles_read


def one_role(user: str, role: str, path: str, elsewhere: str) -> Roster:
    """A user with a role here and one in another account, both under the path."""
    sudo = [role, f"arn:aws:iam::{THERE}:role{path}{elsewhere}"]
    return roster(
        sudo_roles=[{"name": role, "path": path}],
        groups=[{"name": "ops", "sudo": sudo}],
        users=[{"name": user, "groups": ["ops"]}],
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(user=NAMES, role=NAMES, path=PATHS, elsewhere=NAMES, tool=st.sampled_from(TOOLS))
def test_the_ini_says_what_we_put_into_it(user: str, role: str, path: str, elsewhere: str, tool: Tool) -> None:
    """One section for each profile, with our keys and no others, and the ARNs to the letter."""
    text = ini(profiles(one_role(user, role, path, elsewhere), Wish(user, tool)))
    found = with_configparser(text)
    assert with_botocore(text) == found
    base, *roles = found
    assert all(set(found[name]) == KEYS for name in roles)
    assert set(found[base]) <= {"region", "mfa_serial", "credential_process"}
    arns = [f"arn:aws:iam::{HERE}:role{path}{role}", f"arn:aws:iam::{THERE}:role{path}{elsewhere}"]
    assert [found[name]["role_arn"] for name in roles] == arns
    assert {found[name]["source_profile"] for name in roles} == {base}
    assert {found[name]["mfa_serial"] for name in roles} == {f"arn:aws:iam::{HERE}:mfa/{user}"}
    assert all(2 <= len(found[name]["role_session_name"]) <= 64 for name in roles)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(flag=st.sampled_from(["user", "account", "region", "mfa_serial", "user_account"]), noise=NOISE)
def test_no_flag_adds_a_line(flag: str, noise: str) -> None:
    """It is refused by its name, or stands in the ini as one value."""
    flags: dict[str, Any] = {"user": "alice", flag: noise}
    anyone = roster(groups=[{"name": "ops", "sudo": ["OpsSudo"], "users_variable": "ops_users"}])
    text, error = attempt(anyone, Wish(**flags))
    assert bool(text) != error.startswith(f"--{flag.replace('_', '-')}: ")
    found = with_configparser(text)
    assert with_botocore(text) == found
    assert text.count("\n") == max(0, sum(len(keys) + 2 for keys in found.values()) - 1)
    assert set().union(*found.values()) == (KEYS if text else set())


def attempt(given_roster: Roster, wish: Wish) -> tuple[str, str]:
    """The ini and no error, or no ini and the error."""
    try:
        return ini(profiles(given_roster, wish)), ""
    except UsageError as error:
        return "", str(error)


def test_a_line_in_a_flag_is_refused() -> None:
    """The example that the properties generalise."""
    assert refused(roster(), Wish("alice", region="eu-west-1\ncredential_process = sh")).startswith("--region: ")
