"""A half-existing account is adopted: what exists is imported, nothing is destroyed, what others added stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from moto_iam import ACCOUNT, Moto
from terraform import actual, policies
from terraform.expected import Expected
from terraform.roots import Place, read, terraform

_AUDIT = "arn:aws:iam::aws:policy/SecurityAudit"
_ADOPTED = {
    False: {
        'aws_iam_user.this["alice"]',
        "aws_iam_group.ops",
        "aws_iam_role.OpsSudo",
        "aws_iam_policy.require_mfa",
    },
    True: {
        'aws_iam_user.this["alice"]',
        "module.group_ops.aws_iam_group.this[0]",
        "module.sudo_role_OpsSudo.aws_iam_role.this",
        "module.mfa_policy.aws_iam_policy.this",
    },
}


def _half(iam: Any) -> None:
    """Make what exists, each a little different from the roster, and what is none of its business."""
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}
    old = {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}
    iam.create_role(
        RoleName="OpsSudo", Path="/sudo/", AssumeRolePolicyDocument=_document(trust), MaxSessionDuration=7200
    )
    iam.create_policy(PolicyName="require-mfa", Path="/gates/", Description="By hand.", PolicyDocument=_document(old))
    iam.create_user(UserName="alice", Path="/people/", Tags=[{"Key": "Made", "Value": "by hand"}])
    for group in ("ops", "elsewhere"):
        iam.create_group(GroupName=group)
        iam.add_user_to_group(GroupName=group, UserName="alice")
    iam.attach_group_policy(GroupName="ops", PolicyArn=_AUDIT)
    iam.attach_group_policy(GroupName="ops", PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/gates/require-mfa")
    iam.attach_role_policy(RoleName="OpsSudo", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")


def _document(statement: policies.Document) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _asked() -> dict[str, Any]:
    """What the roster asks for, and beside it what was there and stays."""
    asked = Expected(read("half_existing")).account()
    asked["policies"]["require-mfa"]["description"] = "By hand."
    asked["users"]["alice"]["groups"] = ["elsewhere", "ops"]
    asked["groups"]["ops"]["attached"] = sorted([*asked["groups"]["ops"]["attached"], _AUDIT])
    asked["groups"]["elsewhere"] = {"path": "/", "attached": [], "inline": {}}
    return asked


@pytest.mark.parametrize("modules", [False, True], ids=["self-contained", "modules"])
def test_a_half_existing_account_is_adopted(account: Moto, place: Place, modules: bool) -> None:
    _half(account.iam())
    where = place(terraform(read("half_existing"), modules))
    planned = where.plan().changes
    assert {change.address for change in planned if change.imports} == _ADOPTED[modules]
    assert {change.action for change in planned}.isdisjoint({"delete", "replace", "remove"})
    applied = where.apply()
    assert "delete" not in {step.action for step in applied.steps}
    assert actual.account(account.iam()) == _asked()
    assert where.unfinished() == []
