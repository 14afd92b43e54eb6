"""Which exemptions of a gate are live: only what something allows, on whatever it is, and through which Deny."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from account.account_build import NOW, account, ref
from iamgen_rules.account.exemptions import Exemption, live
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.account.verdict import Judge

HIGH = [
    *("iam:DeactivateMFADevice", "iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:CreateAccessKey"),
    *("iam:UpdateAccessKey", "iam:UpdateUser", "iam:UploadSSHPublicKey", "iam:CreateServiceSpecificCredential"),
    *("iam:ResetServiceSpecificCredential", "iam:UploadSigningCertificate", "iam:TagUser", "iam:UntagUser"),
    *("sts:AssumeRole", "sts:AssumeRoot", "sts:GetFederationToken"),
]
LOW = ["iam:ChangePassword", "iam:DeleteVirtualMFADevice"]
WITHOUT_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}


def found(exempt: list[str], own: Mapping[str, Any], *, who: str = "user alice", **more: Any) -> dict[str, Exemption]:
    gate = {"Sid": "Gate", "Effect": "Deny", "NotAction": exempt, "Resource": "*", "Condition": WITHOUT_MFA}
    holder = {"inline": {"own": [own], "gate": [gate]}}
    raw: dict[str, Any] = {"users": {"alice": {}, "bob": {}}, "groups": {"g": {}}, "roles": {}, **more}
    kind, name = who.split()
    raw[f"{kind}s"] = {**raw[f"{kind}s"], name: holder}
    return {one.action: one for one in live(Judge(account(raw), NOW), ref(who))}


ALL = {"allow": "*", "on": "*"}


@pytest.mark.parametrize("action", [*HIGH, *LOW])
def test_each_is_live_for_an_administrator(action: str) -> None:
    (one,) = found(["iam:GetUser", action], ALL).values()
    assert (one.action, one.severity) == (action, "low" if action in LOW else "high")
    (deny,) = one.step.denies
    assert deny.cited.statement.name == "Gate"
    assert deny.cited.because is not None
    assert deny.cited.because.what == "Action"
    assert [allow.binding.name for allow in one.step.allows] == ["own"]


@pytest.mark.parametrize("action", [*HIGH, *LOW])
def test_none_is_live_that_nothing_allows(action: str) -> None:
    assert not found(["iam:GetUser", action], {"allow": "s3:*"})
    assert not found(["iam:GetUser"], ALL)


def test_a_wildcard_exempts_every_action_that_it_includes() -> None:
    by_service = {"iam:*": "iam", "sts:*": "sts", "iam:*SSH*": "iam:UploadSSH"}
    for pattern, start in by_service.items():
        assert found([pattern], ALL).keys() == {one for one in (*HIGH, *LOW) if one.startswith(start)}
    assert found(["*"], ALL).keys() == {*HIGH, *LOW}


@pytest.mark.parametrize(
    "harmless", ["iam:DeleteLoginProfile", "iam:DeleteAccessKey", "iam:ListUsers", "sts:GetSessionToken"]
)
def test_what_gives_nobody_anything_is_none(harmless: str) -> None:
    assert not found([harmless], ALL)


@pytest.mark.parametrize(
    ("action", "on", "resource"),
    [
        ("iam:CreateAccessKey", "user/alice", "user/alice"),
        ("iam:CreateAccessKey", "user/bob", "user/bob"),
        ("iam:CreateAccessKey", "user/ghost", "user/ghost"),
        ("iam:CreateAccessKey", "user/${aws:username}", "user/alice"),
        ("iam:DeleteVirtualMFADevice", "mfa/bob", "mfa/bob"),
        ("sts:AssumeRole", "role/Ops", "role/Ops"),
        ("sts:AssumeRole", "role/ghost", "role/ghost"),
        ("sts:GetFederationToken", f"arn:aws:sts::{ACCOUNT}:federated-user/x", "federated-user/x"),
        ("sts:AssumeRoot", "arn:aws:iam::210987654321:root", "root"),
    ],
)
def test_it_is_live_on_what_is_allowed(action: str, on: str, resource: str) -> None:
    roles = {"Ops": {"trust": "trust-account"}}
    one = found([action], {"allow": action, "on": on}, roles=roles)[action]
    assert str(one.step.resource).rsplit(":", 1)[-1] == resource


def test_a_trust_that_names_the_user_allows_it_as_well() -> None:
    trust = [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::ACCOUNT:user/alice"}, "Action": "sts:AssumeRole"}]
    one = found(["sts:AssumeRole"], {"allow": "s3:*"}, roles={"Ops": {"trust": trust}})["sts:AssumeRole"]
    assert [allow.binding.how for allow in one.step.allows] == ["trust"]


def test_a_group_is_asked_about_by_a_fresh_member() -> None:
    own = {"allow": "iam:TagUser", "on": "user/${aws:username}"}
    one = found(["iam:TagUser"], own, who="group g")["iam:TagUser"]
    assert [allow.binding.holder for allow in one.step.allows] == [ref("group g")]
