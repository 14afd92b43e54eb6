"""Whatever a roster asks for lints in silence, with its reasons for suppressions, none of them in vain."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen.files import default_text, load_file
from iamgen.load import Loaded, load
from iamgen_rules.engine.report import Report
from mutation.rendered import FORMS, files, linted
from strategies import Sample, samples

ROSTERS = Path(__file__).parent.parent / "rosters" / "good"
_OWN_POLICY = re.compile(r"arn:[a-z-]+:iam::[0-9]{12}:policy/.+")
WANTED = {
    "AdministratorAccess behind the gate": (
        "groups: [{name: g, policies: [AdministratorAccess], reason: Founders.}]\nusers: [{name: u, groups: [g]}]",
        {("IAM011", "Founders.")},
    ),
    "AdministratorAccess without the gate": (
        (
            "groups: [{name: g, policies: [AdministratorAccess], require_mfa: false, reason: No device.}, {name: h}]\n"
            "users: [{name: u, groups: [g]}]"
        ),
        {("IAM002", "No device.")},
    ),
    "an escalation without the gate": (
        (
            "groups: [{name: g, policies: [IAMFullAccess], require_mfa: false, reason: No device.}, {name: h}]\n"
            "users: [{name: u, groups: [g]}]"
        ),
        {("IAM010", "No device.")},
    ),
    "power without the gate": (
        (
            "groups: [{name: g, policies: [PowerUserAccess], require_mfa: false, reason: No device.}, {name: h}]\n"
            "users: [{name: u, groups: [g]}]"
        ),
        {("IAM015", "No device.")},
    ),
    "two groups that are all rights together": (
        (
            "groups:\n- {name: g, policies: [PowerUserAccess], require_mfa: false, reason: No device.}\n"
            "- {name: h, policies: [IAMFullAccess], require_mfa: false, reason: Neither here.}\n"
            "- {name: i}\nusers: [{name: u, groups: [g, h]}]"
        ),
        {("IAM002", "No device."), ("IAM010", "Neither here."), ("IAM015", "No device.")},
    ),
    "nothing to find in what has no gate": (
        "groups: [{name: g, policies: [ReadOnlyAccess], require_mfa: false, reason: No device.}, {name: h}]",
        set(),
    ),
    "a password before MFA": (
        "mfa: {change_password_before_mfa: true, max_age: 1h, reason: First sign-ins.}\nusers: [{name: u}]",
        {("IAM006", "First sign-ins.")},
    ),
    "a password before MFA, which nobody's boundary leaves": (
        (
            "mfa: {change_password_before_mfa: true, reason: First sign-ins.}\n"
            "permissions_boundary: AIDevOpsAgentAccessPolicy\nusers: [{name: u}]"
        ),
        set(),
    ),
    "calls of services": (
        (
            "mfa: {exempt_aws_service_calls: true, reason: Athena.}\n"
            "groups: [{name: g, policies: [AdministratorAccess], reason: Founders.}]\nusers: [{name: u, groups: [g]}]"
        ),
        {("IAM011", "Founders.")},
    ),
    "a gate for others": (
        "groups: [{name: g, require_mfa: false, reason: No device.}]",
        {("IAM009", "the roster gates nobody, and leaves the policy to whoever attaches it")},
    ),
}


def is_quiet(loaded: Loaded, report: Report) -> bool:
    """Whether nothing counts above low, nothing is stale, and undecided is only what the roster leaves to others.

    That is a group with `create: false`, and a policy of which the roster has the ARN only.
    """
    assert [one for one in report.findings if one.counts and one.severity != "low"] == []
    assert [str(one) for one in report.stale] == []
    groups = {f"group {group.name}" for group in loaded.roster.groups if not group.create}
    unknown = {name for one in report.principals if one.verdict == "undecided" for name in one.unknowns}
    assert {name for name in unknown - groups if not _OWN_POLICY.fullmatch(name)} == set()
    return True


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("roster", [*sorted(path.name for path in ROSTERS.glob("*.yaml")), "the default"])
def test_what_a_good_roster_renders_is_quiet(roster: str, form: str, tmp_path: Path) -> None:
    loaded = load(default_text(), roster, str) if roster == "the default" else load_file(ROSTERS / roster)
    assert is_quiet(loaded, linted(tmp_path, files(loaded, form)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("wish", WANTED)
def test_a_reason_suppresses_what_it_is_for(wish: str, form: str, tmp_path: Path) -> None:
    roster, wanted = WANTED[wish]
    loaded = load(f"version: 1\n{roster}\n", "iamgen.yaml", str)
    report = linted(tmp_path, files(loaded, form))
    assert is_quiet(loaded, report)
    assert {(one.code, one.suppressed.reason) for one in report.findings if one.suppressed} == wanted


@settings(max_examples=8)
@given(samples(), st.sampled_from(sorted(FORMS)))
def test_what_any_roster_renders_is_quiet(sample: Sample, form: str) -> None:
    loaded = sample.loaded()
    with TemporaryDirectory() as folder:
        assert is_quiet(loaded, linted(Path(folder), files(loaded, form)))
