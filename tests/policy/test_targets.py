"""Names that nobody declares: every way of meeting the policies that a legal ARN has, and no other."""

from __future__ import annotations

import pytest

from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.iam_names import is_legal
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.targets import made_up

IAM = "arn:aws:iam::111122223333:"
ROLES = f"{IAM}role/*"
ATTACH = "iam:AttachRolePolicy"
REACHED = [
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


@pytest.mark.parametrize(("resource", "reached"), REACHED)
def test_a_made_up_role_has_a_legal_name(resource: str, reached: bool) -> None:
    document = parse({"Statement": {"Effect": "Allow", "Action": ATTACH, "Resource": resource}})
    policies = Policies((Policy("p", document),))
    found = made_up(ROLES, ATTACH, policies, like=Request(ATTACH, "*"))
    assert all(is_legal(arn) for arn in found)
    assert any(decide(Request(ATTACH, arn), policies).is_yes for arn in found) is reached
