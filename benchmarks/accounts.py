"""Cases of whole accounts: verdicts on everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from account.account_build import NOW
from account.large_accounts import ENDS, SHAPES, large, roles, users
from benchmarks.case import Case, Ready, scaled
from iamgen_rules.account.judging import judge

USERS, ROLES = 5_000, 1_000
END = "behind MFA"


def cases() -> Iterator[Case]:
    """Users, roles, and the largest accounts."""
    yield Case(f"{USERS:,} users × 10 groups", _account(USERS))
    yield Case(f"{USERS:,} users × 10 groups, with policies of their own", _account(USERS, own=True))
    for shape in SHAPES:
        yield Case(f"{ROLES:,} roles: {shape}", _account(0, ROLES, shape))
    for shape in SHAPES:
        yield Case(f"{USERS:,} users × 10 groups, {ROLES:,} roles: {shape}", _account(USERS, ROLES, shape))
    largest = f"{USERS:,} users × 10 groups, {ROLES:,} roles: scattered, all with policies of their own"
    yield Case(largest, _account(USERS, ROLES, "scattered", own=True))


def _account(of_users: int, of_roles: int = 0, shape: str = "chain", *, own: bool = False) -> Callable[[float], Ready]:
    def prepare(scale: float) -> Ready:
        leads = SHAPES[shape](scaled(of_roles, scale)) if of_roles else ()
        found = roles(leads, ENDS[END], own=own) if leads else {}
        account = large(users(scaled(of_users, scale) if of_users else 0, own=own), found)
        return Ready(lambda: judge(account, NOW))

    return prepare
