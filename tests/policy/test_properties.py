"""What holds for all policies: order does not matter, a Deny never allows, unknowns only make unknown."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.ask import ask
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import OPEN
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.policy.truth import Truth
from policy import generated as g
from policy.cases import NOW
from policy.oracle import Question, allowed
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


# Unknowns


def places(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document: members, items, the document itself."""
    yield path
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


def with_hole(raw: Any, path: tuple[Any, ...], hole: Any) -> Any:
    """The document with something else at a place."""
    if not path:
        return hole
    changed = copy.copy(raw)
    changed[path[0]] = with_hole(raw[path[0]], path[1:], hole)
    return changed


@SOME
@given(g.IDENTITY, KINDS, SEEDS)
def test_an_unknown_leaves_the_answer_or_makes_it_unknown(documents: list[Any], kind: Kind, seed: int) -> None:
    known = answer(documents, kind)
    for path in sample(documents, seed):
        unclear = answer(with_hole(documents, path, Unknown("var.x")), kind)
        assert unclear in (known, unclear) if unclear.is_unknown else unclear == known
        assert OPEN.name not in unclear.missing
        assert unclear.missing <= {"var.x"}


def sample(documents: list[Any], seed: int) -> list[tuple[Any, ...]]:
    """Some of the places, inside the documents or each as a whole."""
    every = [path for path in places(documents) if path]
    return g.chance(seed).sample(every, min(len(every), 6))


FILLINGS = ("*", "alice", "red", "eu-west-1", "true", "x", "arn:aws:iam::111122223333:user/ops/alice", "10", "")


@SOME
@given(g.IDENTITY, SEEDS)
def test_what_is_known_in_spite_of_holes_holds_for_every_filling(documents: list[Any], seed: int) -> None:
    for path, holed, parts in holes(documents, seed):
        for asked in islice(asks(seed, {"identity": documents, "boundary": None, "scps": [], "trust": None}), 6):
            found = decide(request(asked), policies(Question(asked.action, asked.resource, identity=holed)))
            if found.is_unknown:
                continue
            for filling in FILLINGS:
                filled = with_hole(documents, path, parts[0] + filling + parts[1])
                asked.identity = filled
                assert allowed(asked) == found.is_yes


def holes(documents: list[Any], seed: int) -> Iterator[tuple[tuple[Any, ...], list[Any], tuple[str, str]]]:
    """Documents with a piece of one string of theirs unknown, and what is left of the string."""
    chance = g.chance(seed)
    paths = [path for path in places(documents) if path and {"Resource", "NotResource", "Condition"} & {*path}]
    texts = [path for path in paths if isinstance(at(documents, path), str)]
    for path in chance.sample(texts, min(len(texts), 2)):
        text = at(documents, path)
        start, end = sorted(chance.choices(range(len(text) + 1), k=2))
        hole = Partial((text[:start], Unknown("var.x"), text[end:]))
        yield path, with_hole(documents, path, hole), (text[:start], text[end:])


def at(raw: Any, path: tuple[Any, ...]) -> Any:
    """What is at a place."""
    for key in path:
        raw = raw[key]
    return raw


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
