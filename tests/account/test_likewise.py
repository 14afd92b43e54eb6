"""The way of somebody who is alike is a way: every call of it is allowed, by policies of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from account.account_build import NOW, account
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.likewise import likewise
from iamgen_rules.account.model import Ref
from iamgen_rules.account.proof import proof
from iamgen_rules.account.verdict import Judge

GATE = {
    "Effect": "Deny",
    "NotAction": ["iam:DeleteUserPolicy", "iam:DeleteGroupPolicy", "iam:RemoveUserFromGroup"],
    "Resource": "*",
    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
}
ADMIN: Mapping[str, Any] = {"attached": ["AdministratorAccess"]}
SELF = [{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "arn:aws:iam::*:user/${aws:username}"}]
ENTER = [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]


@pytest.mark.parametrize(
    ("raw", "one", "other"),
    [
        ({"users": dict.fromkeys(("a", "b"), ADMIN)}, "user a", "user b"),
        ({"users": {name: {**ADMIN, "inline": {"g": [GATE]}} for name in ("a", "b")}}, "user a", "user b"),
        ({"users": {name: {"inline": {"s": SELF}} for name in ("a", "b")}}, "user a", "user b"),
        ({"groups": {name: {"inline": {"s": SELF}} for name in ("g", "h")}}, "group g", "group h"),
        ({"groups": {name: {**ADMIN, "inline": {"g": [GATE]}} for name in ("g", "h")}}, "group g", "group h"),
        (
            {
                "users": {name: {"inline": {"e": ENTER}} for name in ("a", "b")},
                "roles": {"R": {"trust": "trust-account", **ADMIN}},
            },
            "user a",
            "user b",
        ),
    ],
)
def test_the_way_of_one_is_a_way_of_the_other(raw: Mapping[str, Any], one: str, other: str) -> None:
    judge = Judge(account(raw), NOW)
    found = judged_by(judge)
    first, second = (next(ref for ref in found if str(ref) == name) for name in (one, other))
    assert found[second].like == first
    trace = found[first].open
    assert trace is not None
    way = proof(judge, trace)
    told = proof(judge, likewise(judge.index, trace, first, second))
    assert [step.action for step in told] == [step.action for step in way]
    assert all(step.allowed.is_yes for step in told)
    holders = {ground.binding.holder for step in told for ground in (*step.allows, *step.denies)}
    assert first not in holders
    assert Ref(second.kind, second.name) in holders
