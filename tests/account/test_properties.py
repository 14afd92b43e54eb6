"""What holds of every verdict: more rights never gate, doubt never decides, and order never matters."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from account.account_build import NOW
from account.small_accounts import accounts, grants
from iamgen_rules.account.learning import learn
from iamgen_rules.account.model import Account, Attachment, Group, Inline, Membership, Role, User
from iamgen_rules.account.verdict import Judge, Judgement
from iamgen_rules.policy.parse import parse

Bound = TypeVar("Bound", Attachment, Membership)
Holder = TypeVar("Holder", User, Group, Role)
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW)


def first(account: Account) -> Judgement:
    judge = Judge(account, NOW)
    learn(judge)
    return judge.user("u1")


def with_first(account: Account, user: User) -> Account:
    return replace(account, users=(user, *account.users[1:]))


@FEW
@given(accounts(), grants())
def test_one_more_allow_never_turns_ungated_into_gated(account: Account, grant: dict[str, object]) -> None:
    if first(account).verdict == "ungated":
        user = account.users[0]
        document = parse({"Version": "2012-10-17", "Statement": [grant]})
        more = with_first(account, replace(user, inline=(*user.inline, Inline("more", document))))
        assert first(more).verdict in ("ungated", "undecided")


@FEW
@given(accounts(), st.data())
def test_what_becomes_unknown_leaves_the_verdict_or_makes_it_undecided(account: Account, data: st.DataObject) -> None:
    user = account.users[0]
    before = first(account).verdict
    missing = frozenset({"var.x"})
    ways = [with_first(account, replace(user, missing=missing))]
    ways += [
        with_first(account, replace(user, attached=_one_unknown(user.attached, n))) for n in range(len(user.attached))
    ]
    ways += [with_first(account, replace(user, groups=_one_unknown(user.groups, n))) for n in range(len(user.groups))]
    assert first(data.draw(st.sampled_from(ways))).verdict in (before, "undecided")


def _one_unknown(items: tuple[Bound, ...], position: int) -> tuple[Bound, ...]:
    return tuple(replace(one, missing=frozenset({"var.x"})) if n == position else one for n, one in enumerate(items))


@FEW
@given(accounts())
def test_the_order_of_everything_is_of_no_matter(account: Account) -> None:
    def turned(holder: Holder) -> Holder:
        return replace(holder, attached=holder.attached[::-1], inline=holder.inline[::-1])

    other = Account(
        users=tuple(turned(user) for user in account.users),
        groups=tuple(turned(group) for group in account.groups[::-1]),
        roles=tuple(turned(role) for role in account.roles[::-1]),
        policies=account.policies[::-1],
    )
    one, two = first(account), first(other)
    assert (one.klass, one.verdict) == (two.klass, two.verdict)


def test_a_truth_is_no_bool() -> None:
    judgement = first(Account(users=(User("u1", missing=frozenset({"var.x"})),)))
    assert judgement.way is not None
    with pytest.raises(TypeError):
        bool(judgement.way.truth)
