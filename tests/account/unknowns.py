"""Small accounts of which something is unknown, with some of what it may turn out to be."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from account.small_accounts import accounts
from account.vocabulary import ROOT, WITH_MFA, Raw, allow, arn, deny_but, trust
from iamgen_rules.account.verdict import Judgement

Place = tuple[Any, ...]
NOTHING = allow("s3:GetObject", "arn:aws:s3:::bucket/*")
DOCUMENTS: list[Any] = [[NOTHING], [allow("*")], [deny_but([])], [allow("iam:PutUserPolicy")]]
TRUSTS: list[Any] = [[trust(ROOT)], [trust(ROOT, WITH_MFA)], [trust({"Service": "ec2.amazonaws.com"})]]
VALUES: dict[str, tuple[Any, ...]] = {
    "Action": ("*", "s3:GetObject", "iam:PutUserPolicy"),
    "NotAction": ("*", "s3:GetObject", "iam:PutUserPolicy", "sts:AssumeRole"),
    "Resource": ("*", "arn:aws:s3:::bucket/*", arn("user", "u1")),
    "NotResource": ("*", "arn:aws:s3:::bucket/*", arn("user", "u1")),
    "Effect": ("Allow", "Deny"),
    "Principal": ({"AWS": [arn("user", "u1")]}, ROOT, {"Service": ["ec2.amazonaws.com"]}),
    "tag": ("a", "b"),
    "condition": ("true", "false", "a", "u1"),
}
GONE = object()
RANK = ("none", "power", "assume", "escalation", "full")
NEEDS_MFA_HERE = {"gated", "elsewhere"}
NO_FINDING = {"elsewhere", "not-admin"}
Said = set[tuple[str, str]]
MOST = 6


class Hole(NamedTuple):
    """A place in the account, what stands there when it is unknown, and what it may be; `GONE` is nothing."""

    place: Place
    unknown: Any
    fillings: tuple[Any, ...]


class Partly(NamedTuple):
    """An account with unknowns, their names, and some of the accounts that it may be."""

    raw: Raw
    names: frozenset[str]
    completions: list[Raw]


@st.composite
def partly_known(draw: st.DrawFn, theme: str) -> Partly:
    """An account of a theme with one hole, sometimes two. The first completion is the account as it was."""
    known = draw(accounts(theme))
    found, made = Partly(known, frozenset(), [known]), list[Place]()
    for name in ("var.x", "var.y")[: draw(st.sampled_from((1, 1, 1, 2)))]:
        holes = [hole for hole in _holes(known, name) if not any(_are_related(hole.place, one) for one in made)]
        if holes:
            hole = draw(st.sampled_from(holes))
            made.append(hole.place)
            found = Partly(
                _with(found.raw, hole.place, hole.unknown),
                found.names | {name},
                [_with(one, hole.place, what) for what in hole.fillings for one in found.completions][:MOST],
            )
    return found


def _are_related(one: Place, other: Place) -> bool:
    """Whether filling one hole could move or replace the other."""
    first, second = _whole(one), _whole(other)
    return first == second[: len(first)] or second == first[: len(second)]


def _whole(place: Place) -> Place:
    """What goes with a place: for an item, its list."""
    return place[:-1] if isinstance(place[-1], int) else place


def _with(raw: Raw, place: Place, value: Any) -> Raw:
    """The account with something else in one place."""
    found = copy.deepcopy(raw)
    inside: Any = found
    for step in place[:-1]:
        inside = inside[step]
    if value is GONE:
        del inside[place[-1]]
    else:
        inside[place[-1]] = copy.deepcopy(value)
    return found


def _holes(raw: Raw, name: str) -> Iterator[Hole]:
    for policy, document in raw["policies"].items():
        yield from _document(("policies", policy), document, name, DOCUMENTS)
    for kind in ("users", "groups", "roles"):
        for holder, one in raw[kind].items():
            yield from _holder((kind, holder), one, name)


def _holder(place: Place, one: Raw, name: str) -> Iterator[Hole]:
    perhaps = {"unknown": [name]}
    yield from _bindings(place, one, perhaps)
    for inline, document in one.get("inline", {}).items():
        yield Hole((*place, "inline", inline), {"document": document, **perhaps}, (document, GONE))
        yield from _document((*place, "inline", inline), document, name, DOCUMENTS)
    more = tuple({**one, "inline": {**one.get("inline", {}), "more": document}} for document in DOCUMENTS)
    yield Hole(place, {**one, **perhaps}, (one, *more))
    for tag, value in one.get("tags", {}).items():
        yield from _value((*place, "tags", tag), value, name, "tag")
    if "trust" in one:
        yield from _document((*place, "trust"), one["trust"], name, TRUSTS)


def _bindings(place: Place, one: Raw, perhaps: Raw) -> Iterator[Hole]:
    for key, word in (("attached", "policy"), ("groups", "group")):
        for index, item in enumerate(one.get(key, ())):
            yield Hole((*place, key, index), {word: item, **perhaps}, (item, GONE))
    if "boundary" in one:
        yield Hole((*place, "boundary"), {"policy": one["boundary"], **perhaps}, (one["boundary"], GONE))


def _document(place: Place, document: list[Raw], name: str, others: list[Any]) -> Iterator[Hole]:
    yield Hole(place, {"unknown": name}, (document, *others))
    for index, statement in enumerate(document):
        further = tuple(one for other in others[:2] for one in other)
        yield Hole((*place, index), {"unknown": name}, (statement, *further))
        for key, value in statement.items():
            yield from _part((*place, index, key), key, value, name)


def _part(place: Place, key: str, value: Any, name: str) -> Iterator[Hole]:
    if key == "Condition":
        for operator, tests in value.items():
            for tested, expected in tests.items():
                yield from _value((*place, operator, tested), expected, name, "condition")
    elif key == "Principal":
        yield Hole(place, {"AWS": [{"unknown": name}]}, (value, *VALUES[key][:2]))
    elif isinstance(value, list):
        yield from (hole for n, one in enumerate(value) for hole in _value((*place, n), one, name, key))
    else:
        yield from _value(place, value, name, key)


def _value(place: Place, value: Any, name: str, kind: str) -> Iterator[Hole]:
    if isinstance(value, str):
        yield Hole(place, {"unknown": name}, (value, *VALUES[kind]))


def holds(judgement: Judgement, said: Said) -> bool:
    """Whether a verdict is true of every completion; the class is one that it surely has, if not the highest."""
    verdicts = {verdict for _, verdict in said}
    if judgement.verdict == "undecided":
        return True
    least = min(RANK.index(klass) for klass, _ in said)
    known = judgement.klass == "unknown" or RANK.index(judgement.klass) <= least
    return known and (verdicts == {judgement.verdict} or _comes_to_the_same(judgement, verdicts))


def _comes_to_the_same(judgement: Judgement, verdicts: set[str]) -> bool:
    """Where it is unknown whom a role trusts, or what it may do, two verdicts by which nothing is found are as one."""
    if judgement.verdict == "gated":
        return judgement.ref.kind == "role" and verdicts <= NEEDS_MFA_HERE
    return judgement.verdict == "elsewhere" and judgement.klass == "unknown" and verdicts <= NO_FINDING
