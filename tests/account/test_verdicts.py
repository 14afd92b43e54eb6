"""The corpus of verdicts: small accounts, and what is to be said of everybody in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from account.account_build import NOW, account, cases, ref
from iamgen_rules.account.alike import STANDING_FOR_ALL
from iamgen_rules.account.judging import judge, judged_by
from iamgen_rules.account.model import ACCOUNT, Account, Ref
from iamgen_rules.account.verdict import Judge, Judgement

CASES = list(cases())


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES])
def test_the_verdict_is_what_the_semantics_say(case: Mapping[str, Any]) -> None:
    made = account(case["account"])
    found = judge(made, NOW)
    said = {str(one): _said(judgement) for one, judgement in found.items()}
    assert {name: said[name] for name in case["expected"]} == case["expected"]
    for name, unknowns in case.get("unknowns", {}).items():
        assert found[ref(name)].unknowns == {one.replace("ACCOUNT", ACCOUNT) for one in unknowns}
    if len(made.roles) > STANDING_FOR_ALL or any(one.like for one in found.values()):
        apart = _each_by_itself(made)
        assert said == {str(one): _said(judgement) for one, judgement in apart.items()}


def _each_by_itself(made: Account) -> Mapping[Ref, Judgement]:
    judge_ = Judge(made, NOW)
    judge_.index.alike.apart = True
    return judged_by(judge_)


def _said(judgement: Judgement) -> str:
    return f"{judgement.klass} {judgement.verdict}{' bare' if judgement.bare else ''}"


def test_the_corpus_is_large_enough_and_no_name_is_used_twice() -> None:
    assert len(CASES) >= 120
    assert len({name for name, _ in CASES}) == len(CASES)
