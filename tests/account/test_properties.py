"""What holds of every verdict: order never matters, more rights never gate, a Deny never opens, doubt never decides."""

from __future__ import annotations

import copy
import os
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from account.account_build import NOW, account
from account.small_accounts import accounts, examples, statements
from account.themes import THEMES
from account.unknowns import Partly, holds, partly_known
from account.vocabulary import Raw
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.judging import judge, judged_by
from iamgen_rules.account.model import Account, Ref, User
from iamgen_rules.account.session import OF_USER
from iamgen_rules.account.verdict import Judge, Judgement, Starts

ACCOUNTS = int(os.environ.get("IAMGEN_VERDICTS", "350"))
FEW = examples(max(30, ACCOUNTS // 10))
ANY = st.sampled_from([name for name in THEMES if name not in ("mixed", "alike")])
OPEN = {"not-admin": 0, "gated": 1, "ungated": 2}


def said(raw: Raw) -> dict[str, tuple[str, str]]:
    return {str(ref): (one.klass, one.verdict) for ref, one in judge(account(raw), NOW).items()}


def how_open(raw: Raw) -> dict[Ref, int]:
    """How open each user is; not those for whom the takeover of undeclared users counts only if nothing else does."""
    judge_ = Judge(account(raw), NOW)
    found = judged_by(judge_)
    users = [ref for ref in found if ref.kind == "user" and not judge_.administrator(Starts(ref, NO_EDITS, OF_USER))[0]]
    return {ref: OPEN[found[ref].verdict] for ref in users}


def documents(raw: Raw) -> list[list[Raw]]:
    """Every identity policy."""
    holders = [one for kind in ("users", "groups", "roles") for one in raw[kind].values()]
    return [*raw["policies"].values(), *(document for one in holders for document in one.get("inline", {}).values())]


def with_one_more(raw: Raw, data: st.DataObject, theme: str, effect: str) -> Raw:
    more = copy.deepcopy(raw)
    own: list[Raw] = []
    more["users"]["u1"].setdefault("inline", {})["more"] = own
    data.draw(st.sampled_from(documents(more))).append(data.draw(statements(theme, effect)))
    if not own:
        del more["users"]["u1"]["inline"]["more"]
    return more


@FEW
@given(st.data(), ANY)
def test_one_more_allow_never_makes_anybody_less_open(data: st.DataObject, theme: str) -> None:
    raw = data.draw(accounts(theme))
    before, after = how_open(raw), how_open(with_one_more(raw, data, theme, "allow"))
    assert all(after[ref] >= before[ref] for ref in before.keys() & after.keys())


@FEW
@given(st.data(), ANY)
def test_one_more_deny_never_makes_anybody_more_open(data: st.DataObject, theme: str) -> None:
    raw = data.draw(accounts(theme))
    before, after = how_open(raw), how_open(with_one_more(raw, data, theme, "deny"))
    assert all(after[ref] <= before[ref] for ref in before.keys() & after.keys())


@FEW
@given(st.data(), ANY)
def test_the_order_of_everything_is_of_no_matter(data: st.DataObject, theme: str) -> None:
    raw = data.draw(accounts(theme))
    assert said(turned(raw)) == said(raw)


def turned(value: Any) -> Any:
    """The same, all lists and mappings the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(one) for one in reversed(value)] if isinstance(value, list) else value


@FEW
@given(st.data(), ANY)
def test_what_becomes_unknown_leaves_the_verdict_or_makes_it_undecided(data: st.DataObject, theme: str) -> None:
    partly: Partly = data.draw(partly_known(theme))
    assume(partly.names)
    before, after = said(partly.completions[0]), judge(account(partly.raw), NOW)
    assert all(holds(judgement, {before[str(ref)]}) for ref, judgement in after.items())


def first(small: Account) -> Judgement:
    return judge(small, NOW)[Ref("user", "u1")]


def test_a_truth_is_no_bool() -> None:
    judgement = first(Account(users=(User("u1", missing=frozenset({"var.x"})),)))
    assert judgement.way is not None
    with pytest.raises(TypeError):
        bool(judgement.way.truth)
