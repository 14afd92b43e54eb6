"""Why somebody is open: over the corpus of verdicts, and case by case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from account.account_build import NOW, account, cases
from account.small_accounts import MIXED, accounts, examples
from iamgen_rules.account.from_resources import Built
from iamgen_rules.account.model import Ref
from iamgen_rules.checks import rules
from iamgen_rules.gates.causes import Open, causes
from iamgen_rules.subject import Subject

CASES = dict(cases())
OPEN = [name for name, case in CASES.items() if any("ungated" in said for said in case["expected"].values())]
ADMIN = {"attached": ["AdministratorAccess"]}
MFA = "aws:MultiFactorAuthPresent"


def opened(raw: Mapping[str, Any]) -> tuple[Subject, Mapping[Ref, Open]]:
    subject = Subject(Built("aws", account(raw)), NOW)
    return subject, {one.ref: one for one in causes(subject)}


def deny(condition: Mapping[str, Any], **parts: Any) -> Mapping[str, Any]:
    return {"Effect": "Deny", "NotAction": "iam:GetUser", "Resource": "*", "Condition": condition} | parts


@pytest.mark.parametrize("name", OPEN[::5])
def test_everybody_who_is_ungated_has_a_cause_and_nobody_else_who_is_an_administrator(name: str) -> None:
    subject, found = opened(CASES[name]["account"])
    for ref, judgement in subject.judgements.items():
        ungated = judgement.verdict == "ungated" and not judgement.members_gated
        if judgement.klass not in ("power", "none"):
            assert (ref in found) == ungated, ref


@pytest.mark.parametrize(
    ("statements", "how", "index"),
    [
        ([deny({"Bool": {MFA: "false"}})], "condition", 0),
        ([deny({"BoolIfExists": {MFA: "false"}, "StringEquals": {"aws:RequestedRegion": "x"}})], "narrowed", 0),
        ([deny({"BoolIfExists": {MFA: "false"}}, Resource="arn:aws:s3:::x")], "narrowed", 0),
        ([deny({"BoolIfExists": {MFA: "false"}}, NotAction=["iam:DeleteUserPolicy"])], "exempted", 0),
        ([deny({"BoolIfExists": {MFA: "false"}}, NotAction="*")], "exempted", 0),
        # a Deny that MFA has nothing to do with is no gate
        ([{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}], "grant", 0),
        # the first step is not stopped by the second gate either, but that is not meant to
        (
            [
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"BoolIfExists": {MFA: "false"}}},
                deny({"Bool": {MFA: "false"}}),
            ],
            "condition",
            1,
        ),
        # one that fails by its condition comes before one that is narrowed
        (
            [
                deny({"BoolIfExists": {MFA: "false"}}, Resource="arn:aws:s3:::x"),
                deny({"StringEquals": {MFA: "false"}}),
            ],
            "condition",
            1,
        ),
    ],
)
def test_the_gate_that_fails_is_the_cause(statements: list[Mapping[str, Any]], how: str, index: int) -> None:
    _, found = opened({"users": {"alice": {**ADMIN, "inline": {"g": statements}}}})
    cause = found[Ref("user", "alice")].cause
    assert (cause.how, cause.statement.index) == (how, index)


def test_who_is_alike_has_the_cause_at_a_policy_of_its_own() -> None:
    gate = [deny({"Bool": {MFA: "false"}})]
    users = {name: {**ADMIN, "inline": {"g": gate}} for name in ("alice", "bob", "carol")}
    subject, found = opened({"users": users})
    assert subject.judgements[Ref("user", "bob")].like == Ref("user", "alice")
    assert {str(one.cause.binding.holder) for one in found.values()} == {"user alice", "user bob", "user carol"}
    assert {one.cause.how for one in found.values()} == {"condition"}


def test_members_and_their_group_have_one_cause() -> None:
    users = {name: {"groups": ["ops"]} for name in ("alice", "bob")}
    _, found = opened({"users": users, "groups": {"ops": ADMIN}})
    assert {str(ref) for ref in found} == {"user alice", "user bob", "group ops"}
    assert {(one.cause.how, str(one.cause.binding.holder)) for one in found.values()} == {("grant", "group ops")}


@pytest.mark.parametrize(
    ("exempt", "user", "role"),
    [("iam:GetUser", None, None), ("sts:AssumeRole", "exempted", "trust")],
)
def test_a_role_is_open_by_its_trust_where_entering_is_exempt(exempt: str, user: str | None, role: str | None) -> None:
    gate = [deny({"BoolIfExists": {MFA: "false"}}, NotAction=exempt)]
    _, found = opened(
        {"users": {"alice": {**ADMIN, "inline": {"g": gate}}}, "roles": {"R": {"trust": "trust-account", **ADMIN}}}
    )
    hows = {ref.kind: one.cause.how for ref, one in found.items()}
    assert (hows.get("user"), hows.get("role")) == (user, role)


def test_a_role_shares_the_cause_of_a_user_whose_gate_fails() -> None:
    gate = [deny({"Bool": {MFA: "false"}})]
    _, found = opened(
        {"users": {"alice": {**ADMIN, "inline": {"g": gate}}}, "roles": {"R": {"trust": "trust-account", **ADMIN}}}
    )
    assert {(str(ref), one.cause.how, one.cause.binding.how) for ref, one in found.items()} == {
        ("user alice", "condition", "inline"),
        ("role R", "condition", "inline"),
    }


def test_a_trust_that_lets_anybody_in_is_foreign() -> None:
    anybody = [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}]
    _, found = opened({"roles": {"R": {"trust": anybody, **ADMIN}}})
    assert [one.cause.how for one in found.values()] == ["foreign"]


@examples(12)
@given(accounts(MIXED))
def test_every_open_administrator_is_in_a_critical_finding_and_no_other_is(raw: Mapping[str, Any]) -> None:
    subject, _ = opened(raw)
    said = (one for rule in rules().values() for one in rule.find(subject) if one.severity == "critical")
    named = {Ref(who.kind, who.name) for one in said for who in one.principals}
    for ref, judgement in subject.judgements.items():
        if judgement.klass not in ("power", "none") and not judgement.members_gated and not judgement.bare:
            assert (ref in named) == (judgement.verdict == "ungated"), ref
