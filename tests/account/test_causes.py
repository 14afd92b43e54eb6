"""A verdict leads to its cause and to where that stands: which policy, by which attachment, which statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from account.account_build import NOW, account, arn, document, ref
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.model import (
    ACCOUNT,
    Account,
    Attachment,
    Group,
    Inline,
    ManagedPolicy,
    Membership,
    Ref,
    Role,
    User,
)
from iamgen_rules.account.proof import Step, carriers_of, grants_of, proof
from iamgen_rules.account.trust import providers
from iamgen_rules.account.verdict import Judge, Judgement
from iamgen_rules.source import Place

ALICE = Ref("user", "alice")
MFA = {"aws:MultiFactorAuthPresent": "false"}


def deny(condition: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [{"Effect": "Deny", "NotAction": "iam:GetUser", "Resource": "*", "Condition": condition}]


def judged(made: Account) -> tuple[Judge, dict[Ref, Judgement]]:
    judge = Judge(made, NOW)
    return judge, judged_by(judge)


def without_mfa(made: Account) -> tuple[Step, ...]:
    judge, found = judged(made)
    trace = found[ALICE].open
    assert trace is not None
    return proof(judge, trace)


def administrator(gate: Sequence[Mapping[str, Any]]) -> Account:
    """Rights and gate by the group, each at a place of its own."""
    policies = (
        ManagedPolicy(arn("AdministratorAccess"), document("AdministratorAccess"), aws=True),
        ManagedPolicy(arn("gate"), document(gate), Place("gate.tf")),
    )
    attached = (
        Attachment(arn("AdministratorAccess"), Place("rights.tf")),
        Attachment(arn("gate"), Place("attachment.tf")),
    )
    group = Group("ops", attached=attached, place=Place("group.tf"))
    user = User("alice", groups=(Membership("ops", Place("membership.tf")),), access_keys=(Place("key.tf"),))
    return Account(users=(user,), groups=(group,), policies=policies)


def test_the_gate_that_fails_by_its_condition() -> None:
    made = administrator(deny({"Bool": MFA}))
    (faulty, *_) = without_mfa(made)[0].denies
    assert faulty.cited.because is not None
    assert faulty.cited.because.condition is not None
    assert (faulty.cited.because.condition.name, faulty.cited.because.condition.key) == (
        "Bool",
        "aws:multifactorauthpresent",
    )
    assert (faulty.cited.statement.index, faulty.binding.holder) == (0, Ref("group", "ops"))
    assert (str(faulty.binding.place), str(faulty.binding.policy)) == ("attachment.tf", "gate.tf")


def test_the_gate_that_is_narrowed() -> None:
    region = {"BoolIfExists": MFA, "StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
    (narrowed, *_) = without_mfa(administrator(deny(region)))[0].denies
    assert narrowed.cited.because is not None
    assert narrowed.cited.because.condition is not None
    assert narrowed.cited.because.condition.key == "aws:requestedregion"
    some = [{"Effect": "Deny", "Action": "iam:*", "Resource": "*", "Condition": {"BoolIfExists": MFA}}]
    (by_action, *_) = without_mfa(administrator(some))[0].denies
    assert by_action.cited.because is not None
    assert by_action.cited.because.what == "Action"


def test_the_grant_where_no_gate_is() -> None:
    made = administrator([{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}])
    grants = grants_of(without_mfa(made))
    assert [(one.binding.name, str(one.binding.place)) for one in grants] == [(arn("AdministratorAccess"), "rights.tf")]
    judge, _ = judged(made)
    assert carriers_of(judge, ALICE) == ()


def test_all_gates_of_somebody_have_a_place() -> None:
    judge, _ = judged(administrator(deny({"BoolIfExists": MFA})))
    for who in (ALICE, Ref("group", "ops")):
        assert [(one.name, str(one.place)) for one in carriers_of(judge, who)] == [(arn("gate"), "attachment.tf")]


def test_a_key_in_terraform_has_a_place() -> None:
    (user,) = administrator(deny({"BoolIfExists": MFA})).users
    assert [str(place) for place in user.access_keys] == ["key.tf"]


def test_what_is_missing_has_a_place() -> None:
    gate = Inline("g", document(deny({"BoolIfExists": MFA})), Place("maybe.tf"), missing=frozenset({"var.x"}))
    rights = Inline("a", document("AdministratorAccess"), Place("rights.tf"))
    steps = without_mfa(Account(users=(User("alice", inline=(rights, gate)),)))
    assert {(str(one.place), *one.doubts) for step in steps for one in step.doubts} == {("maybe.tf", "var.x")}


def role(trust: Sequence[Mapping[str, Any]]) -> Role:
    rights = Inline("a", document("AdministratorAccess"))
    return Role("Ops", document(trust, trust=True), inline=(rights,), place=Place("role.tf"))


def entering(who: Any, **more: Any) -> Mapping[str, Any]:
    return {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole", **more}


ROOT = {"AWS": "arn:aws:iam::ACCOUNT:root"}


def test_a_role_says_which_statement_lets_in_and_whom() -> None:
    with_mfa = entering(ROOT, Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    may = Inline("a", document([{"allow": "sts:AssumeRole", "on": "role/Ops"}]))
    made = Account(users=(User("alice", inline=(may,)),), roles=(role([with_mfa, entering(ROOT)]),))
    found = judged(made)[1][ref("role Ops")]
    assert [(one.statement.index, one.foreign) for one in found.entries] == [(1, False)]
    assert found.by == ALICE
    alone = judged(Account(roles=(role([with_mfa, entering(ROOT)]),)))[1][ref("role Ops")]
    assert (alone.verdict, alone.by) == ("ungated", None)


def test_a_role_that_leads_on_is_named() -> None:
    may = Inline("a", document([{"allow": "sts:AssumeRole", "on": "role/Ops"}]))
    first = Role("First", document([entering(ROOT)], trust=True), inline=(may,))
    found = judged(Account(roles=(first, role([entering({"AWS": "arn:aws:iam::ACCOUNT:role/First"})]))))[1]
    assert found[ref("role Ops")].by == ref("role First")


def test_a_trust_in_others_is_told_apart() -> None:
    others = entering({"AWS": ["arn:aws:iam::210987654321:root", "arn:aws:iam::ACCOUNT:root"]})
    found = judged(Account(roles=(role([others]),)))[1][ref("role Ops")]
    assert [(one.principal.value, one.foreign) for one in found.entries] == [
        ("arn:aws:iam::210987654321:root", True),
        ("arn:aws:iam::000000000000:root", False),
    ]


def test_a_gated_role_has_no_entries() -> None:
    gated = entering(ROOT, Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    found = judged(Account(roles=(role([gated]),)))[1][ref("role Ops")]
    assert (found.verdict, found.entries, found.by) == ("gated", (), None)


def members(*, exclusive: bool, gate: str | None, **membership: Any) -> bool:
    groups = {"g": {"attached": ["AdministratorAccess"], "exclusive": exclusive}}
    alice = {"groups": [{"group": "g", **membership}], "attached": [gate] if gate else []}
    return judged(account({"users": {"alice": alice}, "groups": groups}))[1][ref("group g")].members_gated


def test_a_group_tells_whether_its_members_are_all_known_and_gated() -> None:
    assert members(exclusive=True, gate="gate")
    assert not members(exclusive=True, gate=None)
    assert not members(exclusive=False, gate="gate")
    assert not members(exclusive=True, gate="gate", unknown=["var.x"])


def test_who_has_power_only_says_how_without_mfa() -> None:
    def power(**more: Any) -> tuple[Judgement, tuple[Step, ...]]:
        judge, found = judged(account({"users": {"alice": {"attached": ["PowerUserAccess"], **more}}}))
        trace = found[ALICE].open
        return found[ALICE], () if trace is None else proof(judge, trace)

    judgement, steps = power()
    assert (judgement.klass, judgement.verdict) == ("power", "not-admin")
    assert [(step.what, step.action) for step in steps] == [("power without MFA", "zz:Probe")]
    gated, none = power(inline={"g": [{"gate": []}]})
    assert (gated.klass, gated.open, none) == ("power", None, ())
    _, detached = power(inline={"g": [{"gate": ["iam:DeleteUserPolicy"]}], "a": [{"allow": "iam:DeleteUserPolicy"}]})
    assert [step.action for step in detached] == ["iam:DeleteUserPolicy", "zz:Probe"]


def test_who_else_decides_is_named() -> None:
    saml, oidc = "arn:aws:iam::ACCOUNT:saml-provider/idp", "arn:aws:iam::ACCOUNT:oidc-provider/token.example.com"
    trust = [
        entering({"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}),
        {"Effect": "Allow", "Principal": {"Federated": saml}, "Action": "sts:AssumeRoleWithSAML"},
        {"Effect": "Allow", "Principal": {"Federated": oidc}, "Action": "sts:AssumeRoleWithWebIdentity"},
        {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:TagSession"},
    ]
    made = role(trust)
    assert judged(Account(roles=(made,)))[1][ref("role Ops")].verdict == "elsewhere"
    known = [str(one).replace(ACCOUNT, "ACCOUNT") for one in providers(made.trust)]
    assert known == ["ec2.amazonaws.com", "lambda.amazonaws.com", saml, oidc]
