"""What an expression costs grows with its length, not with a power of its depth."""

from __future__ import annotations

from contextlib import suppress

import pytest

from iamgen_rules.terraform.evaluation_error import EvaluationError

from .surroundings import Surroundings, value_of

NESTED = [
    ("true ? 1 : (", "[][0]", ")"),
    ("false ? 1 : [", "[][0]", "]"),
    ("false ? 1 : { a = true ? 2 : ", "[][0]", "}"),
    ("false ? 1 : [for x in [1] : ", "[][0]", "]"),
    ('false ? 1 : { "a${', "[][0]", '}" = 1 }'),
    ('false ? 1 : { (["a"][0]) = ', "[][0]", "}"),
    ("false ? 1 : [", "[][0]", "][*].a"),
    ("[for x in [1] : x if ", "true", "]"),
    ("[for x in [] : x if can(", "true", ")]"),
    ("try(", "[][0]", ")"),
    ('"a${', '"x"', '}"'),
]


def steps(text: str) -> int:
    surroundings = Surroundings()
    with suppress(EvaluationError):
        value_of(text, surroundings)
    return surroundings.meter.steps


@pytest.mark.parametrize(("before", "innermost", "after"), NESTED, ids=[one[0] for one in NESTED])
def test_twice_as_deep_costs_little_more_than_twice_as_much(before: str, innermost: str, after: str) -> None:
    one, two = (steps(before * depth + innermost + after * depth) for depth in (16, 32))
    assert two <= 2.5 * one


@pytest.mark.parametrize(("before", "innermost", "after"), NESTED, ids=[one[0] for one in NESTED])
def test_what_is_too_deep_is_refused(before: str, innermost: str, after: str) -> None:
    with pytest.raises(EvaluationError, match="nested more than 200"):
        value_of(before * 201 + innermost + after * 201)
