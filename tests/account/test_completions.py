"""What is said of an account with unknowns is true of whatever they turn out to be."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import given

from account.account_build import NOW, account
from account.oracle.roles import judge as plainly
from account.oracle.search import TooManyError
from account.small_accounts import SHARES, examples
from account.unknowns import Partly, Said, holds, partly_known
from iamgen_rules.account.judging import judge
from iamgen_rules.account.model import Ref
from iamgen_rules.account.verdict import Judgement

ACCOUNTS = int(os.environ.get("IAMGEN_VERDICTS", "350"))
MANY = 100


@pytest.mark.parametrize("theme", SHARES)
def test_what_is_decided_is_so_in_every_completion(theme: str) -> None:
    seen = Counter[str]()

    @examples(max(4, ACCOUNTS // 150))
    @given(partly_known(theme))
    def compare(partly: Partly) -> None:
        found = judge(account(partly.raw), NOW)
        try:
            completed = [plainly(account(raw)) for raw in partly.completions]
        except TooManyError:
            return
        for ref, judgement in found.items():
            said = {one[ref] for one in completed}
            assert holds(judgement, said), (str(ref), judgement.klass, judgement.verdict, said)
            if judgement.verdict == "undecided":
                assert judgement.unknowns, str(ref)
                assert judgement.unknowns <= partly.names or undecided_anyway(said), (str(ref), judgement.unknowns)
            seen.update(kind(judgement, said))

    compare()
    assert seen["undecided"] < seen["judged"]
    if seen["judged"] >= MANY:
        assert seen["undecided"] <= seen["judged"] / 2
        assert seen["undecided although all agree"] <= seen["judged"] / 5


def undecided_anyway(said: Said) -> bool:
    """A role that trusts one whom nobody declares is undecided in an account in which all else is known."""
    return any(verdict == "undecided" for _, verdict in said)


def kind(judgement: Judgement, said: Said) -> list[str]:
    """What a verdict counts as."""
    if judgement.verdict != "undecided":
        return ["judged"]
    agree = len({verdict for _, verdict in said}) == 1
    return ["judged", "undecided", *(["undecided although all agree"] if agree else [])]


def test_the_checks_can_fail() -> None:
    ungated = Judgement(Ref("user", "u1"), "full", "ungated")
    assert holds(ungated, {("full", "ungated")})
    assert not holds(ungated, {("full", "ungated"), ("full", "gated")})
    assert not holds(ungated, {("assume", "ungated")})
