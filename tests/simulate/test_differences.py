"""Each known difference of the judge: AWS decides one way, as a decision case says, and the judge the other.

One that the judge no longer has fails here, and goes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import requests
from policy.cases import NOW, Case, cases, identity
from simulate import corpus
from simulate.differences import DIFFERENCES, OPERATORS, Difference, as_judged
from simulate.judge import Judge, Trial, Verdict, started
from simulate.test_simulate import allows
from simulate.trials import Asked, policies, principals

CASES: dict[str, Case] = {name.partition(": ")[2]: case for name, case in cases() if name.startswith("judged: ")}
# Names of cases, with AWS's documents: what the judge takes though AWS refuses it, and what it refuses.
ACCEPTED = {
    "NotPrincipal in a trust policy": "AWS JSON policy elements: NotPrincipal",
    "NullIfExists": OPERATORS,
}
REFUSED = {"the action *:*": "IAM JSON policy elements: Action"}
# It knows nothing of what STS refuses to some sessions.
ALLOWED = {"a federated user calls STS": "GetFederationToken (AWS STS API Reference)"}


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with started() as process:
        yield process


def question(name: str) -> tuple[Asked, Request]:
    """The question of a case, and its request: with the keys that it says, and none that it does not."""
    (asked,) = corpus.calls(CASES[name])
    return asked, next(requests(asked.session, asked.call, NOW))


def verdict(asked: Asked, request: Request, judge: Judge) -> Verdict:
    """What the judge says of the documents as they are."""
    return judge.judge(asked.documents, [Trial(request, principals(asked.session, asked.documents))])


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda one: one.name)
def test_a_decision(difference: Difference, judge: Judge) -> None:
    """The judge says the opposite of AWS, and what the engine would say of the documents in this one reading."""
    right = CASES[difference.name]["expected"] == "yes"
    asked, request = question(difference.name)
    assert allows(request, policies(asked.documents)) is right
    assert verdict(asked, request, judge) == ([], [not right])
    read, names = as_judged(asked.documents, request, [difference])
    assert names == [difference.name]
    assert allows(request, policies(read)) is not right


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str, judge: Judge) -> None:
    case = CASES[name]
    assert case["expected"] == "malformed"
    trial = Trial(Request(**case["request"]), [str(identity(case).arn)])
    assert judge.judge(corpus.documents(case, trusted="trust" in case), [trial]) == ([], [True])


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, judge: Judge) -> None:
    assert CASES[name]["expected"] == "yes"
    asked, request = question(name)
    assert verdict(asked, request, judge).errors != []


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed(name: str, judge: Judge) -> None:
    assert CASES[name]["expected"] == "no"
    asked, request = question(name)
    assert verdict(asked, request, judge) == ([], [True])


def test_every_case_is_of_a_difference() -> None:
    assert {one.name for one in DIFFERENCES} | {*ACCEPTED, *REFUSED, *ALLOWED} == {*CASES}
