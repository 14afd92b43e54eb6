"""Twice the account takes at most twice the steps, and a tenth more."""

from __future__ import annotations

import pytest

from account.account_build import NOW
from account.large_accounts import ANY_ROLE, ENDS, SHAPES, large, roles, users
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.model import Account
from iamgen_rules.account.verdict import Judge
from iamgen_rules.policy.steps import measured
from iamgen_rules.policy.wildcard import compiled

LIMIT = 2.2
USERS, ROLES = 5_000, 1_000
OWN = pytest.mark.parametrize("own", [False, True], ids=["shared policies", "policies of their own"])


def steps(account: Account) -> int:
    """The steps that the verdicts on everybody take, from nothing."""
    compiled.cache_clear()
    judge = Judge(account, NOW)
    with measured() as meter:
        judged_by(judge)
    return meter.steps


def of_roles(shape: str, end: str, size: int, *, own: bool, and_users: int = 0) -> Account:
    """Roles that lead to each other in a shape that ends so; and users, of whom some may enter any."""
    return large(users(and_users, own=own), roles(SHAPES[shape](size), ENDS[end], own=own))


@OWN
def test_users_in_ten_groups_each(own: bool) -> None:
    assert 0 < steps(large(users(USERS, own=own), {})) <= LIMIT * steps(large(users(USERS // 2, own=own), {}))


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_roles_of_every_shape(shape: str, end: str) -> None:
    """At full size the end that takes most, the others at half of it."""
    size = ROLES if end == "behind MFA" else ROLES // 2
    fewer, more = (steps(of_roles(shape, end, number, own=False)) for number in (size // 2, size))
    assert 0 < more <= LIMIT * fewer


@pytest.mark.parametrize("shape", SHAPES)
def test_roles_with_rights_that_lead_nowhere(shape: str) -> None:
    """Each may pass itself on, and none has anything to pass it to."""
    fewer, more = (steps(of_roles(shape, "nowhere", size, own=True)) for size in (ROLES // 4, ROLES // 2))
    assert 0 < more <= LIMIT * fewer


@OWN
@pytest.mark.parametrize(("shape", "end"), [("chain", "in an administrator"), ("scattered", "behind MFA")])
def test_users_and_roles_together(shape: str, end: str, own: bool) -> None:
    """At half of the largest size."""
    fewer, more = (steps(of_roles(shape, end, ROLES // part, own=own, and_users=USERS // part)) for part in (4, 2))
    assert 0 < more <= LIMIT * fewer


def of_their_own(size: int) -> Account:
    """Each user may enter a role of its own: named by its trust, or by a resource with a wildcard before the name."""
    entering = {
        f"u{n}": {"inline": {"a": [{**ANY_ROLE, "Resource": ["arn:aws:s3:::b-*/*", f"arn:aws:iam::*:role/r{n}"]}]}}
        for n in range(size)
    }
    entered = {
        f"r{n}": {
            "trust": "trust-account"
            if n % 2
            else [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::ACCOUNT:user/u{n}"}, "Action": ASSUME}],
            **(ENDS["in an administrator"] if n % 10 == 0 else {}),
        }
        for n in range(size)
    }
    return large(entering, entered)


def test_users_with_roles_of_their_own() -> None:
    fewer, more = (steps(of_their_own(size)) for size in (100, 200))
    assert 0 < more <= LIMIT * fewer
