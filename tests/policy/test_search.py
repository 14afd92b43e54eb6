"""The search over keys that the caller chooses, against brute force on few letters, numbers, days and addresses.

A YES names a request that the second implementation allows. A NO means that brute force finds none that is allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.search import Answer, possible
from policy import generated as g
from policy.oracle import allowed
from policy.question import Question

Held = list[str] | None
Space = Mapping[str, Sequence[Held]]
Documents = list[dict[str, Any]]
MOST_COMBINATIONS = 300
SOME = settings(max_examples=g.EXAMPLES // 3, deadline=None, suppress_health_check=g.CHECKS)
TEXTS = ["".join(letters) for size in range(4) for letters in product("ab", repeat=size)]
KEYS = ("zz:a", "aws:RequestTag/b")
FEW_TEXTS = [text for text in TEXTS if len(text) < 3] + ["A", "aB", "aba", "bab", "c", "arn:a"]
SEVERAL: list[Held] = [list(pair) for pair in combinations(["a", "b", "ab", "c"], 2)]
LETTERS: Space = {
    "zz:a": [None, *([text] for text in FEW_TEXTS), *SEVERAL],
    "aws:requesttag/b": [None, *([text] for text in FEW_TEXTS)],
}
BUCKETS = ("arn:aws:s3:::ab", "arn:aws:s3:::aba")
PATTERNS = ("a", "b", "ab", "A", "a*", "*b", "?", "a?", "*a*", "", "**", "arn:*")
A, B = "${zz:a}", "${aws:RequestTag/b}"
READING = (A, B, f"{A}a", f"a{B}", f"{A}{B}", f"{B}*", "${aws:RequestTag/b, 'a'}", "${*}", "${zz:none}")
RESOURCES = (
    "*",
    *BUCKETS,
    *(f"arn:aws:s3:::{text}" for text in (A, B, f"a{A}", f"{B}b", f"{A}{B}", f"*{A}", f"{A}{A}")),
)


def answered(documents: Documents, resource: str, space: Space) -> Answer:
    """What the engine says where all of the keys are free."""
    policies = Policies(tuple(Policy(str(index), parse(document)) for index, document in enumerate(documents)))
    return possible(Request("zz:Probe", resource), policies, space.__contains__)


def readings(documents: Documents, resource: str, context: Mapping[str, Sequence[str]]) -> set[bool]:
    """Whether a request is allowed, by either reading of what AWS leaves open."""
    asked = Question("zz:Probe", resource, context, identity=documents)
    return {allowed(replace(asked, doubt=doubt)) for doubt in (False, True)}


def contexts(documents: Documents, space: Space) -> Iterator[dict[str, list[str]]]:
    """Combinations of values of the keys that the policies mention: all, or as many as there is time for."""
    keys = [key for key in space if key in str(documents).lower()]
    every = list(product(*(space[key] for key in keys)))
    for values in g.chance(len(every)).sample(every, min(len(every), MOST_COMBINATIONS)):
        yield {key: held for key, held in zip(keys, values, strict=True) if held is not None}


def may_be(documents: Documents, resource: str, context: Mapping[str, Sequence[str]]) -> bool:
    """Whether a request is allowed by some reading; one with several values of a key, which is tried only where a
    quantifier asks for it, by each."""
    found = readings(documents, resource, context)
    return found == {True} if any(len(held) > 1 for held in context.values()) else True in found


def holds(documents: Documents, resource: str, space: Space) -> Answer:
    """What the engine says, once it has been compared."""
    answer = answered(documents, resource, space)
    if answer.allowed.is_yes:
        context = {key: [str(value) for value in held] for key, held in answer.request.context.items()}  # type: ignore[union-attr]  # all known
        assert readings(documents, resource, context) == {True}
    elif answer.allowed.is_no:
        assert not any(may_be(documents, resource, one) for one in contexts(documents, space))
    return answer


@st.composite
def conditions(draw: st.DrawFn, names: Sequence[str], keys: Sequence[str], values: Sequence[str]) -> Any:
    """None to three conditions."""
    found: dict[str, dict[str, list[str]]] = {}
    for _ in range(draw(st.integers(0, 3))):
        quantifier = draw(st.sampled_from(("", "", "", "ForAllValues:", "ForAnyValue:")))
        operator = draw(st.sampled_from((*(f"{quantifier}{name}" for name in names), "Null")))
        optional = draw(st.sampled_from(("", "", "IfExists"))) if operator != "Null" else ""
        pool = ("true", "false") if operator == "Null" else values
        found.setdefault(operator + optional, {})[draw(st.sampled_from(keys))] = draw(g.few(st.sampled_from(pool)))
    return found


def documents(condition: st.SearchStrategy[Any], resources: Sequence[str] = ("*",)) -> st.SearchStrategy[Documents]:
    """An Allow, and one to three statements more."""
    statement = st.builds(
        lambda effect, resource, when: {"Effect": effect, "Action": "*", "Resource": resource, "Condition": when},
        st.sampled_from(("Allow", "Deny")),
        st.sampled_from(resources),
        condition,
    )
    return st.lists(statement, min_size=1, max_size=4).map(
        lambda many: [{"Version": "2012-10-17", "Statement": [many[0] | {"Effect": "Allow"}, *many[1:]]}]
    )


STRINGS = tuple(name for name in g.OPERATORS if name.startswith("String"))
PLAIN = documents(conditions((*STRINGS, "ArnLike", "ArnNotLike"), KEYS, PATTERNS))
LINKED = documents(conditions(STRINGS, KEYS, (*PATTERNS, *READING, *READING)), RESOURCES)


@SOME
@given(PLAIN)
def test_text(documents: Documents) -> None:
    holds(documents, BUCKETS[0], LETTERS)


@SOME
@given(LINKED, st.sampled_from(BUCKETS))
def test_variables(documents: Documents, bucket: str) -> None:
    holds(documents, bucket, LETTERS)


NUMBERS = [f"{number / 2:g}" for number in range(20)]
DAYS = [f"2026-01-{day:02}T{hour}" for day in range(1, 8) for hour in ("00:00:00Z", "12:00:00Z")]
ADDRESSES = [f"10.0.0.{last}" for last in range(17)] + ["9.255.255.255", "223.0.0.0", "2001:db8::1", "2001:db9::"]
NETWORKS = [f"10.0.0.{last}/{size}" for last, size in product((0, 4, 8, 12), (28, 29, 30, 31, 32))]
SIZES: Space = {
    "zz:number": [None, *([one] for one in NUMBERS)],
    "zz:date": [None, *([one] for one in DAYS)],
    "aws:sourceip": [None, *([one] for one in ADDRESSES)],
}
BY_SIZE = {
    "zz:number": documents(
        conditions([one for one in g.OPERATORS if one.startswith("Numeric")], ["zz:number"], NUMBERS[3:-3])
    ),
    "zz:date": documents(conditions([one for one in g.OPERATORS if one.startswith("Date")], ["zz:date"], DAYS[2:-2])),
    "aws:sourceip": documents(
        conditions(["IpAddress", "NotIpAddress"], ["aws:SourceIp"], [*NETWORKS, "2001:db8::/32"])
    ),
}


@SOME
@given(st.one_of(*BY_SIZE.values()))
def test_sizes(documents: Documents) -> None:
    holds(documents, "*", SIZES)


@SOME
@given(documents(conditions(g.OPERATORS, ["zz:number"], ("1", "2", "1*", "true", "QQ==", "10.0.0.0/8"))))
def test_kinds_of_conditions_on_one_key(documents: Documents) -> None:
    holds(
        documents,
        "*",
        {"zz:number": [None, *([one] for one in ("1", "2", "1.0", "12", "TRUE", "QQ==", "10.9.9.9", "x"))]},
    )


FREE: Space = {
    "aws:requestedregion": [
        None,
        *([one] for one in ("eu-west-1", "eu-west-2", "us-east-1", "EU-WEST-1", "x-1", "eu-1")),
    ],
    "aws:sourceip": [None, *([one] for one in ("10.0.0.1", "10.0.0.2", "10.200.0.1", "11.0.0.0", "192.168.0.7"))],
    "aws:tagkeys": [None, *(list(tags) for tags in ("a", "b", "c", "d", "A", "ab", "ad", "bc", "abc", "cd"))],
    "aws:multifactorauthage": [None, *([one] for one in ("0", "5", "10", "11", "3600", "3601"))],
}


@SOME
@given(documents(g.conditions(("aws:RequestedRegion", "aws:SourceIp", "aws:TagKeys", "aws:MultiFactorAuthAge"))))
def test_several_keys(documents: Documents) -> None:
    holds(documents, "*", FREE)


@pytest.mark.parametrize("documents", [PLAIN, LINKED, st.one_of(*BY_SIZE.values())], ids=["text", "variables", "sizes"])
def test_most_is_known(documents: st.SearchStrategy[Documents]) -> None:
    """Else the properties above would say little."""
    found: Counter[int] = Counter()

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=g.CHECKS)
    @given(documents)
    def count(documents: Documents) -> None:
        found[answered(documents, BUCKETS[0], {**LETTERS, **SIZES}).allowed.level] += 1

    count()
    assert min(found[0], found[2]) > found.total() / 10
    assert found[1] < found.total() / 5
