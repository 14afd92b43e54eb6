"""A proof names every call: its session, request, the statements that allow it, each Deny and why it does not apply."""

from __future__ import annotations

from typing import Any

from account.account_build import NOW, account
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.model import Ref
from iamgen_rules.account.proof import Step, carriers_of, grants_of, proof
from iamgen_rules.account.verdict import Judge, Judgement

ALICE = Ref("user", "alice")
EXEMPT = ["iam:DetachUserPolicy", "sts:GetSessionToken"]
GATE = [
    {
        "Sid": "Gate",
        "Effect": "Deny",
        "NotAction": EXEMPT,
        "Resource": "*",
        "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    }
]


def proven(raw: dict[str, Any], ref: Ref = ALICE) -> tuple[Judge, Judgement, tuple[Step, ...]]:
    judge = Judge(account(raw), NOW)
    found = judged_by(judge)
    trace = found[ref].open
    assert trace is not None
    return judge, found[ref], proof(judge, trace)


def test_the_classic_mistake_is_proven_by_the_deny_that_does_not_apply() -> None:
    wrong = [{**GATE[0], "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]
    judge, judgement, steps = proven(
        {"users": {"alice": {"attached": ["AdministratorAccess"], "inline": {"g": wrong}}}}
    )
    assert judgement.verdict == "ungated"
    assert {step.session.kind for step in steps} == {"access-key"}
    assert [step.action for step in steps] == ["zz:Probe", "iam:AttachRolePolicy"]
    for step in steps:
        assert "aws:multifactorauthpresent" not in step.request.context
        assert [(one.cited.statement.name, one.cited.applies.is_no) for one in step.denies] == [("Gate", True)]
        assert [one.binding.name for one in step.allows] == ["arn:aws:iam::aws:policy/AdministratorAccess"]
    assert [one.cited.statement.effect for one in grants_of(steps)] == ["Allow"]
    assert [binding.name for binding in carriers_of(judge, ALICE)] == ["g"]


def test_an_edit_comes_before_what_it_opens() -> None:
    raw = {"policies": {"g": GATE}, "users": {"alice": {"attached": ["AdministratorAccess", "g"]}}}
    _, judgement, steps = proven(raw)
    assert judgement.verdict == "ungated"
    assert [step.action for step in steps] == ["iam:DetachUserPolicy", "zz:Probe", "iam:AttachRolePolicy"]
    assert [edit.change for edit in steps[0].edits] == ["detach"]
    assert not steps[0].before
    assert steps[1].before == set(steps[0].edits)
    assert [one.cited.statement.name for one in steps[0].denies] == ["Gate"]
    assert steps[1].denies == ()


def test_a_way_through_roles_is_told_to_its_end() -> None:
    def may(name: str) -> dict[str, Any]:
        role = f"arn:aws:iam::ACCOUNT:role/{name}"
        return {"a": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role}]}

    roles = {
        "R1": {"trust": "trust-account", "inline": may("R2")},
        "R2": {"trust": "trust-account", "attached": ["AdministratorAccess"]},
    }
    _, judgement, steps = proven({"users": {"alice": {"inline": may("R1")}}, "roles": roles})
    assert (judgement.klass, judgement.verdict) == ("assume", "ungated")
    assert [(step.action, str(step.resource).rsplit("/", 1)[-1]) for step in steps[:2]] == [
        ("sts:AssumeRole", "R1"),
        ("sts:AssumeRole", "R2"),
    ]
    assert steps[2].session.ref == Ref("role", "R2")
