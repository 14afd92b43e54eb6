"""The verdicts agree with the slow and plain ones, on every small account that hypothesis makes."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, assume, given, settings

from account.account_build import NOW
from account.oracle import TooManyError, verdict
from account.small_accounts import accounts
from iamgen_rules.account.learning import learn
from iamgen_rules.account.model import Account
from iamgen_rules.account.verdict import Judge

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
EXAMPLES = int(os.environ.get("IAMGEN_VERDICTS", "300"))


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(accounts())
def test_the_verdict_on_the_first_user_agrees(account: Account) -> None:
    judge = Judge(account, NOW)
    learn(judge)
    try:
        expected = verdict(account, "u1")
    except TooManyError:
        assume(False)
    assert judge.user("u1").verdict == expected
