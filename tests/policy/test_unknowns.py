"""Unknowns: what is known in spite of them holds for everything that they may stand for, whatever the place.

A place is a value or the name of a member, anywhere in an identity policy, a boundary, an SCP or a trust policy: it
becomes unknown as a whole, or a piece of its text does. What stood there is one of the things that it may stand for.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

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
from policy.question import Question
from policy.test_oracle import SEEDS, asks, policies, readings, request

SOME = settings(max_examples=max(g.EXAMPLES // 4, 40), deadline=None, suppress_health_check=g.CHECKS)
X = Unknown("var.x")
WORLDS = st.fixed_dictionaries(
    {
        "identity": g.IDENTITY,
        "boundary": g.BOUNDARY,
        "scps": g.SCPS,
        "trust": st.one_of(st.none(), st.none(), g.TRUST),
    }
)


class Place(NamedTuple):
    """The way to a value, through members and items; `is_name` for the name of the last member instead."""

    path: tuple[Any, ...]
    is_name: bool = False


def places(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[Place]:
    """Every place in what is given: names of members, members, items."""
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in items:
        yield Place((*path, key))
        if isinstance(raw, dict):
            yield Place((*path, key), is_name=True)
        yield from places(value, (*path, key))


def documents_places(world: dict[str, Any]) -> list[Place]:
    """The places inside its documents, and each document as a whole."""
    depth = {"identity": 2, "boundary": 1, "scps": 3, "trust": 1}
    inside = [place for place in places(world) if len(place.path) >= depth[place.path[0]] + place.is_name]
    return [place for place in inside if at(world, place.path) is not None]


def at(raw: Any, path: tuple[Any, ...]) -> Any:
    """What is there."""
    for key in path:
        raw = raw[key]
    return raw


def with_hole(raw: Any, place: Place, hole: Any) -> Any:
    """The same with something else at a place."""
    path, is_name = place
    if not path:
        return hole
    if is_name and len(path) == 1:
        return {hole if key == path[0] else key: value for key, value in raw.items()}
    changed = copy.copy(raw)
    changed[path[0]] = with_hole(raw[path[0]], Place(path[1:], is_name), hole)
    return changed


def hole(world: dict[str, Any], place: Place, chance: random.Random) -> Unknown | Partial:
    """What to put there: an unknown, or the text without a piece."""
    there = place.path[-1] if place.is_name else at(world, place.path)
    if not isinstance(there, str) or chance.random() < 0.3:
        return X
    start, end = sorted(chance.choices(range(len(there) + 1), k=2))
    return Partial((there[:start], X, there[end:]))


def holed(world: dict[str, Any], seed: int) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The world with some place of it unknown, some times over."""
    chance = g.chance(seed)
    every = documents_places(world)
    for place in chance.sample(every, min(len(every), 6)):
        yield place, with_hole(world, place, hole(world, place, chance))


@SOME
@given(WORLDS, SEEDS)
def test_what_is_known_in_spite_of_an_unknown_holds(world: dict[str, Any], seed: int) -> None:
    for place, unclear in holed(world, seed):
        read: Policies | None = None
        for asked in islice(asks(seed, world), 8):
            read = read or policies(Question(asked.action, asked.resource, **unclear))
            found = decide(request(asked), read)
            if not found.is_unknown:
                assert readings(asked) == {found.is_yes}, (place, asked)


FILLINGS = (
    "*",
    "alice",
    "red",
    "eu-west-1",
    "true",
    "x",
    "arn:aws:iam::111122223333:user/ops/alice",
    "10",
    "",
    "${aws:username}",
    "}",
)


@SOME
@given(g.IDENTITY, SEEDS)
def test_it_holds_for_every_filling(documents: list[Any], seed: int) -> None:
    world = {"identity": documents, "boundary": None, "scps": [], "trust": None}
    for place, parts, unclear in pieces(world, seed):
        for asked in islice(asks(seed, world), 6):
            found = decide(
                request(asked), policies(Question(asked.action, asked.resource, identity=unclear["identity"]))
            )
            for filling in () if found.is_unknown else FILLINGS:
                asked.identity = with_hole(world, place, parts[0] + filling + parts[1])["identity"]
                assert readings(asked) == {found.is_yes}, (place, asked)


def pieces(world: dict[str, Any], seed: int) -> Iterator[tuple[Place, tuple[str, str], dict[str, Any]]]:
    """Pieces of texts that are unknown: of resources and the values of conditions, where any text can be."""
    chance = g.chance(seed)
    every = [place for place in documents_places(world) if not place.is_name and isinstance(at(world, place.path), str)]
    texts = [place for place in every if {"Resource", "NotResource", "Condition"} & {*place.path}]
    for place in chance.sample(texts, min(len(texts), 2)):
        text = at(world, place.path)
        start, end = sorted(chance.choices(range(len(text) + 1), k=2))
        yield place, (text[:start], text[end:]), with_hole(world, place, Partial((text[:start], X, text[end:])))


KINDS = st.sampled_from((Kind.ACCESS_KEY, Kind.NO_MFA, Kind.MFA, Kind.FEDERATED))
ALICE = Identity("user", "alice", g.ACCOUNT, path="/ops/", tags={"team": "red"})


def answer(world: dict[str, Any], kind: Kind) -> Truth:
    """What the session comes to."""
    named = tuple(Policy(str(index), parse(document)) for index, document in enumerate(world["identity"]))
    boundary = None if world["boundary"] is None else Policy("boundary", parse(world["boundary"]))
    call = Call("iam:CreateUser", Target(g.USER, tags={}))
    return ask(Session(ALICE, kind), call, Policies(named, boundary), now=NOW).allowed


@SOME
@given(WORLDS, KINDS, SEEDS)
def test_an_unknown_leaves_the_answer_or_makes_it_unknown(world: dict[str, Any], kind: Kind, seed: int) -> None:
    known = answer(world, kind)
    for _, unclear in holed({**world, "scps": [], "trust": None}, seed):
        found = answer(unclear, kind)
        assert found == known or found.is_unknown
        assert OPEN.name not in found.missing


def test_the_generator_reaches_every_place() -> None:
    """And an answer is known often enough for the properties above to say something."""
    found: Counter[str] = Counter()

    @settings(max_examples=80, deadline=None, database=None, suppress_health_check=g.CHECKS)
    @given(WORLDS, SEEDS)
    def count(world: dict[str, Any], seed: int) -> None:
        for place, unclear in holed(world, seed):
            asked = next(asks(seed, world))
            truth = decide(request(asked), policies(Question(asked.action, asked.resource, **unclear)))
            found["unknown" if truth.is_unknown else "known"] += 1
            found.update(str(part) for part in place.path if isinstance(part, str))
            found[f"name in {place.path[0]}" if place.is_name else "value"] += 1

    count()
    members = {"Version", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal"}
    wanted = members | {"identity", "boundary", "scps", "trust", "name in identity", "name in trust", "value"}
    assert found.keys() >= wanted
    assert min(found["known"], found["unknown"]) > (found["known"] + found["unknown"]) / 10
