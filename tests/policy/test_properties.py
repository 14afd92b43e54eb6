"""What holds for all policies: order does not matter, a Deny never allows, an Allow never denies."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.ask import ask
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.truth import Truth
from policy import generated as g
from policy.cases import NOW
from policy.test_oracle import SEEDS, asks, policies, request

SOME = settings(max_examples=max(g.EXAMPLES // 4, 40), deadline=None, suppress_health_check=g.CHECKS)
KINDS = st.sampled_from((Kind.ACCESS_KEY, Kind.NO_MFA, Kind.MFA, Kind.FEDERATED))
ALICE = Identity("user", "alice", g.ACCOUNT, path="/ops/", tags={"team": "red"})
CALL = Call("iam:CreateUser", Target(g.USER, tags={}))


def answer(documents: list[Any], kind: Kind, call: Call = CALL, alice: Identity = ALICE) -> Truth:
    """What the session comes to under the documents."""
    named = tuple(Policy(str(index), parse(document)) for index, document in enumerate(documents))
    return ask(Session(alice, kind), call, Policies(named), now=NOW).allowed


@SOME
@given(g.IDENTITY, KINDS, st.randoms(use_true_random=False))
def test_order_does_not_matter(documents: list[Any], kind: Kind, chance: random.Random) -> None:
    other = copy.deepcopy(documents)
    chance.shuffle(other)
    for document in other:
        chance.shuffle(document["Statement"])
    assert answer(documents, kind) == answer(other, kind)


@SOME
@given(g.IDENTITY, KINDS)
def test_one_document_is_as_good_as_several(documents: list[Any], kind: Kind) -> None:
    version = {"Version": "2012-10-17"}
    several = [{**version, "Statement": document["Statement"]} for document in documents]
    one = {**version, "Statement": [statement for document in several for statement in document["Statement"]]}
    assert answer(several, kind) == answer([one], kind)


@SOME
@given(g.IDENTITY, g.documents(g.statements(("Deny",))), KINDS)
def test_another_deny_allows_nothing(documents: list[Any], denying: Any, kind: Kind) -> None:
    assert answer([*documents, denying], kind).level <= answer(documents, kind).level


@SOME
@given(g.IDENTITY, g.documents(g.statements(("Allow",))), KINDS)
def test_another_allow_denies_nothing(documents: list[Any], allowing: Any, kind: Kind) -> None:
    assert answer([*documents, allowing], kind).level >= answer(documents, kind).level


@SOME
@given(g.IDENTITY, KINDS)
def test_more_freedom_denies_nothing(documents: list[Any], kind: Kind) -> None:
    free = Identity("user", "alice", g.ACCOUNT, path="/ops/", tags={"team": "red"}, free_tags=True)
    assert answer(documents, kind, alice=free).level >= answer(documents, kind).level


def test_the_generator_reaches_every_answer() -> None:
    """Else the properties above would say little."""
    found: dict[bool, int] = {True: 0, False: 0}

    @settings(max_examples=40, deadline=None, database=None)
    @given(g.IDENTITY, g.BOUNDARY, g.TRUST, SEEDS)
    def count(identity: list[Any], boundary: Any, trust: Any, seed: int) -> None:
        for asked in asks(seed, {"identity": identity, "boundary": boundary, "scps": [], "trust": trust}):
            found[decide(request(asked), policies(asked)).is_yes] += 1

    count()
    assert min(found.values()) > sum(found.values()) / 10


def test_bool_of_an_answer_is_refused() -> None:
    with pytest.raises(TypeError):
        bool(answer([g.BROAD], Kind.NO_MFA))
