"""Resources that need not exist: one for each way of meeting what the policies say of an action."""

from __future__ import annotations

import pytest

from iamgen_rules.policy.ask import ask
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.iam_names import is_legal
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import Kind, Session, requests
from iamgen_rules.policy.targets import made_up
from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.policy.truth import NO, YES, Truth
from policy.cases import ACCOUNT, NOW

IAM = f"arn:aws:iam::{ACCOUNT}:"
ROLES = f"{IAM}role/"
ACTION = "iam:AttachRolePolicy"
ALICE = Identity("user", "alice", ACCOUNT, tags={"team": "red"})


def allow(*resources: object) -> dict[str, object]:
    """One Allow of the action."""
    return {"Effect": "Allow", "Action": ACTION, "Resource": list(resources)}


def deny(*resources: str) -> dict[str, object]:
    """One Deny of the action."""
    return {**allow(*resources), "Effect": "Deny"}


X = Unknown("var.x")
CASES: dict[str, tuple[list[dict[str, object]], Truth]] = {
    "one role": ([allow(f"{ROLES}only")], YES),
    "of a kind": ([allow(f"{ROLES}ops/*")], YES),
    "of a kind but for some": ([allow(f"{ROLES}a*"), deny(f"{ROLES}ab*", f"{ROLES}a?", f"{ROLES}*c")], YES),
    "of a kind but for all": ([allow(f"{ROLES}a*"), deny(f"{ROLES}a", f"{ROLES}a?*")], NO),
    "of eight kinds at once": (
        [
            allow(f"{ROLES}*"),
            *([{**allow(), "NotResource": f"{ROLES}*{one}*", "Effect": "Deny"} for one in "abcdefgh"]),
        ],
        YES,
    ),
    "by a tag": ([allow(f"{ROLES}${{aws:PrincipalTag/team}}-*")], YES),
    "by a tag that is not there": ([allow(f"{ROLES}${{aws:PrincipalTag/none}}-*")], NO),
    "by a key that is free": ([allow(f"{ROLES}ops/${{zz:key}}-*")], YES),
    "by a default": ([allow(f"{ROLES}${{aws:PrincipalTag/none, 'all'}}/*")], YES),
    "all but those of a kind": ([{**allow(), "NotResource": f"{ROLES}*"}], NO),
    "users": ([allow("arn:aws:iam::*:user/*")], NO),
}


def best(statements: list[dict[str, object]]) -> Truth:
    """The best that the action comes to on a role that is made up."""
    statements = [{key: value for key, value in one.items() if value != []} for one in statements]
    policies = Policies((Policy("p", parse({"Version": "2012-10-17", "Statement": statements})),))
    session = Session(ALICE, Kind.ACCESS_KEY)
    like = next(requests(session, Call(ACTION, Target("*")), NOW))
    found = made_up(f"{ROLES}*", ACTION, policies, like=like)
    calls = [Call(ACTION, Target(resource)) for resource in found]
    return max((ask(session, call, policies, now=NOW).allowed for call in calls), key=lambda truth: truth.level)


@pytest.mark.parametrize("name", CASES)
def test_the_best_target(name: str) -> None:
    statements, answer = CASES[name]
    assert best(statements) == answer


def test_what_is_unknown_of_a_name_may_suit() -> None:
    assert best([allow(Partial((f"{ROLES}ops-", X)))]).missing == {"var.x"}


NAMED = [
    pytest.param(f"{IAM}role/ops-*", True, id="a name that goes on"),
    pytest.param(f"{IAM}role/service-role/*", True, id="a path needs a name behind it"),
    pytest.param(f"{IAM}role/*/x", True, id="a path is not empty"),
    pytest.param("arn:aws:iam::*:role/ops", True, id="the name itself"),
    pytest.param("arn:aws:iam::*", True, id="all that begins so"),
    pytest.param("arn:aws:iam::*:instance-profile/ops-*", False, id="a star over colons makes no role of a profile"),
    pytest.param("arn:aws:iam::*:role/", False, id="a role without a name"),
    pytest.param(f"{IAM}role/a b", False, id="a letter that names have not"),
    pytest.param(f"{IAM}user/*", False, id="users"),
]


@pytest.mark.parametrize(("resource", "reached"), NAMED)
def test_a_made_up_role_has_a_legal_name(resource: str, reached: bool) -> None:
    document = parse({"Statement": {"Effect": "Allow", "Action": ACTION, "Resource": resource}})
    policies = Policies((Policy("p", document),))
    found = made_up(f"{IAM}role/*", ACTION, policies, like=Request(ACTION, "*"))
    assert all(is_legal(arn) for arn in found)
    assert any(decide(Request(ACTION, arn), policies).is_yes for arn in found) is reached
