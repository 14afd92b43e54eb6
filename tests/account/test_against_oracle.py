"""The verdicts agree with the slow and plain ones: everybody's class and verdict, in small accounts of every theme."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from typing import get_args

import pytest
from hypothesis import given

from account.account_build import NOW, account
from account.oracle.roles import judge as plainly
from account.oracle.search import TooManyError
from account.small_accounts import SHARES, accounts, examples
from account.vocabulary import Raw
from iamgen_rules.account.judging import judge
from iamgen_rules.account.verdict import Class, Verdict

ACCOUNTS = int(os.environ.get("IAMGEN_VERDICTS", "350"))
PATIENCE = 0.25
ENOUGH = 6000
EVERYWHERE = ("ungated", "gated", "not-admin", "full", "none")
BESIDES: Mapping[str, tuple[str, ...]] = {
    "edits": ("escalation", "power"),
    "memberships": ("escalation",),
    "boundaries": ("escalation", "assume", "elsewhere"),
    "undeclared": ("escalation", "assume"),
    "outside": ("escalation", "power"),
    "target tags": ("escalation",),
    "labels": ("escalation", "assume"),
    "forwarded": ("escalation",),
    "federated": ("escalation", "assume"),
    "roles": ("escalation", "assume", "elsewhere", "undecided"),
    "takeover": ("escalation",),
    "passing": ("escalation", "elsewhere"),
    "alike": ("escalation", "assume"),
    "mixed": ("escalation",),
}


@pytest.mark.parametrize("theme", BESIDES)
def test_everybody_is_judged_as_by_the_oracle(theme: str, record_property: Callable[[str, object], None]) -> None:
    seen = Counter[str]()

    @examples(ACCOUNTS * SHARES[theme] // 100)
    @given(accounts(theme))
    def compare(raw: Raw) -> None:
        small = account(raw)
        seen["accounts"] += 1
        try:
            expected = plainly(small)
        except TooManyError:
            seen["given up"] += 1
            return
        found = judge(small, NOW)
        assert {str(ref): (one.klass, one.verdict) for ref, one in found.items()} == {
            str(ref): said for ref, said in expected.items()
        }
        seen.update(word for said in expected.values() for word in said)

    compare()
    record_property("judged", f"{seen['accounts'] - seen['given up']} accounts, {seen['given up']} given up")
    assert seen["given up"] <= PATIENCE * seen["accounts"]
    for word in EVERYWHERE:
        assert seen[word] >= seen["accounts"] / 20, (word, seen)
    for word in BESIDES[theme] if ACCOUNTS >= ENOUGH else ():
        assert seen[word], (word, seen)


def test_all_accounts_are_of_some_theme_and_reach_all_that_can_be_said() -> None:
    assert sum(SHARES.values()) == 100
    assert set(BESIDES) == set(SHARES)
    said = {*get_args(Class), *get_args(Verdict)} - {"unknown"}
    assert said == {*EVERYWHERE, *(word for words in BESIDES.values() for word in words)}
