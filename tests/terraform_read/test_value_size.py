"""A value cannot be larger than what it takes to look at it, however little it takes to write it."""

from __future__ import annotations

import pytest

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.types import STRING, tuple_of
from iamgen_rules.terraform.values import Value, string, tuple_value, unknown

from .surroundings import Surroundings, value_of


def doubled(value: Value, text: str, times: int) -> Value:
    """A value put into itself so many times, as locals that refer to each other do it."""
    for _ in range(times):
        value = value_of(text, Surroundings({"x": value}))
    return value


@pytest.mark.parametrize(
    "text",
    [
        "[local.x, local.x]",
        "{ a = local.x, b = local.x }",
        "[for i in [1, 2] : local.x]",
        "{ for i in [1, 2] : i => local.x }",
        "concat([local.x], [local.x])",
        "tolist([local.x, local.x])",
        "zipmap([1, 2], [local.x, local.x])",
        "setproduct([local.x], [local.x])",
    ],
)
@pytest.mark.parametrize("start", [string("x"), unknown(tuple_of([STRING, STRING]), "y")])
def test_doubling_ends(text: str, start: Value) -> None:
    with pytest.raises(EvaluationError, match="more than") as caught:
        doubled(start, text, 40)
    assert caught.value.lasting


def test_an_unknown_value_of_a_large_type_counts_as_one() -> None:
    def doubled_types() -> None:
        value: Value = string("x")
        for _ in range(40):
            value = unknown(tuple_value([value, value]).type, "y")

    with pytest.raises(EvaluationError, match="more than 150,000 parts"):
        doubled_types()


def test_size_counts_every_part_as_often_as_it_occurs() -> None:
    pair = tuple_value([string("a"), string("b")])
    assert (string("a").size, pair.size, tuple_value([pair, pair]).size) == (1, 3, 7)


def test_comparing_costs_what_is_compared() -> None:
    surroundings = Surroundings({"x": doubled(string("x"), "[local.x, local.x]", 12)})
    value_of("local.x == local.x", surroundings)
    assert surroundings.meter.steps > 2 * 2**13
