"""Twice the account takes at most twice the steps."""

from __future__ import annotations

from typing import Any

import pytest

from account.account_build import DOCUMENTS, NOW, account
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.verdict import Judge
from iamgen_rules.policy.steps import measured

OWN_KEYS = {"Effect": "Allow", "Action": ["iam:CreateAccessKey"], "Resource": "arn:aws:iam::*:user/${aws:username}"}
LIMIT = 2.2


def raw(users: int, roles: int, last: dict[str, Any]) -> dict[str, Any]:
    """Users in ten of thirty groups each; roles of which each may enter the next."""
    groups: dict[str, Any] = {f"g{n:02}": {"attached": ["ReadOnlyAccess"]} for n in range(26)}
    groups["gate"] = {"attached": ["gate"], "inline": {"self": [OWN_KEYS]}}
    groups["admins"] = {"attached": ["AdministratorAccess"]}
    groups["sudo"] = {"inline": {"a": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}}
    return {
        "users": {f"u{n}": {"groups": _groups(n)} for n in range(users)},
        "groups": groups,
        "roles": _roles(roles, last),
    }


def _groups(n: int) -> list[str]:
    some = [name for name, every in (("gate", 2), ("admins", 3), ("sudo", 5)) if n % every]
    return some + [f"g{(n + k) % 26:02}" for k in range(10 - len(some))]


def _roles(count: int, last: dict[str, Any]) -> dict[str, Any]:
    arns = [f"arn:aws:iam::ACCOUNT:role/r{n}" for n in range(count)]
    found: dict[str, Any] = {
        f"r{n}": {
            "trust": "trust-account",
            "inline": {"a": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arns[(n + 1) % count]}]},
        }
        for n in range(count)
    }
    found[f"r{count - 1}"] |= last
    return found


ENDS = {
    "a chain that ends in an administrator": {"attached": ["AdministratorAccess"]},
    "a chain that ends behind MFA": {"attached": ["AdministratorAccess"], "trust": "trust-account-mfa"},
    "a circle without rights": {},
}


def steps(users: int, roles: int, last: dict[str, Any]) -> int:
    judge = Judge(account(raw(users, roles, last)), NOW)
    with measured() as meter:
        judged_by(judge)
    return meter.steps


@pytest.mark.parametrize("last", ENDS.values(), ids=list(ENDS))
def test_twice_the_users_and_roles_take_at_most_twice_the_steps(last: dict[str, Any]) -> None:
    assert "gate" in DOCUMENTS
    small, large = steps(260, 100, last), steps(520, 200, last)
    assert 0 < large <= LIMIT * small
