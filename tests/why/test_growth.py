"""What an answer takes beside the judgement: twice the account takes at most twice the steps, and a tenth more."""

from __future__ import annotations

from functools import cache

import pytest

from account.account_build import NOW, ref
from account.large_accounts import ENDS, SHAPES, large, roles, users
from iamgen_rules.account.from_resources import Built
from iamgen_rules.policy.steps import measured
from iamgen_rules.subject import Subject
from iamgen_rules.why.answer import Answers
from iamgen_rules.why.explaining import Wish, answer
from iamgen_rules.why.text import render

SMALL, LARGE = 20, 40
LIMIT = 2.2
LONGEST = 100  # lines, whatever there is in the account


@cache
def subject(size: int) -> Subject:
    """So many roles, and five times as many users with policies of their own."""
    account = large(users(5 * size, own=True), roles(SHAPES["scattered"](size), ENDS["in an administrator"], own=True))
    return Subject(Built("aws", account), NOW)


@pytest.mark.parametrize("whom", ["user u4", "group sudo", "role r5"])
def test_an_answer_grows_no_faster_than_the_account(whom: str) -> None:
    steps: list[int] = []
    for size in (SMALL, LARGE):
        one = subject(size)
        assert one.judgements
        with measured() as meter:
            found = answer(one, ref(whom), Wish(whom))
        assert len(render(Answers((found,))).splitlines()) <= LONGEST
        steps.append(meter.steps)
    assert 0 < steps[1] <= LIMIT * steps[0]


def test_a_question_takes_no_account_of_its_size() -> None:
    steps: list[int] = []
    for size in (SMALL, LARGE):
        one = subject(size)
        assert one.judgements
        with measured() as meter:
            answer(one, ref("user u1"), Wish("u1", "iam:CreateAccessKey"))
        steps.append(meter.steps)
    assert steps[1] <= 1.1 * steps[0]
