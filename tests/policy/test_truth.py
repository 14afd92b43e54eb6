"""Kleene's three values: tables of and, or, not; what is missing; no bool()."""

from __future__ import annotations

from itertools import product

import pytest

from iamgen_rules.policy.truth import NO, YES, Truth, all_of, any_of, known, unknown

U = unknown("var.x")
V = unknown("var.y")
BOTH = unknown("var.x", "var.y")

AND = [
    (NO, NO, NO),
    (NO, U, NO),
    (NO, YES, NO),
    (U, NO, NO),
    (U, U, U),
    (U, YES, U),
    (YES, NO, NO),
    (YES, U, U),
    (YES, YES, YES),
    (U, V, BOTH),
]
OR = [
    (NO, NO, NO),
    (NO, U, U),
    (NO, YES, YES),
    (U, NO, U),
    (U, U, U),
    (U, YES, YES),
    (YES, NO, YES),
    (YES, U, YES),
    (YES, YES, YES),
    (U, V, BOTH),
]
VALUES = (NO, U, V, YES)


@pytest.mark.parametrize(("one", "other", "expected"), AND)
def test_and(one: Truth, other: Truth, expected: Truth) -> None:
    assert one & other == expected
    assert all_of([one, other]) == expected


@pytest.mark.parametrize(("one", "other", "expected"), OR)
def test_or(one: Truth, other: Truth, expected: Truth) -> None:
    assert one | other == expected
    assert any_of([one, other]) == expected


@pytest.mark.parametrize(("given", "expected"), [(NO, YES), (YES, NO), (U, U)])
def test_not(given: Truth, expected: Truth) -> None:
    assert ~given == expected


def test_of_nothing() -> None:
    assert all_of([]) == YES
    assert any_of([]) == NO


@pytest.mark.parametrize(("one", "other", "third"), list(product(VALUES, repeat=3)))
def test_order_and_grouping_do_not_matter(one: Truth, other: Truth, third: Truth) -> None:
    assert all_of([one, other, third]) == all_of([third, one, other]) == one & (other & third)
    assert any_of([one, other, third]) == any_of([third, one, other]) == one | (other | third)


@pytest.mark.parametrize("truth", VALUES)
def test_has_no_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match="is_yes, is_no or is_unknown"):
        bool(truth)


@pytest.mark.parametrize(
    ("truth", "yes", "no", "unclear", "text"),
    [
        (YES, True, False, False, "YES"),
        (NO, False, True, False, "NO"),
        (BOTH, False, False, True, "unknown(var.x, var.y)"),
    ],
)
def test_says_what_it_is(truth: Truth, yes: bool, no: bool, unclear: bool, text: str) -> None:
    assert (truth.is_yes, truth.is_no, truth.is_unknown, repr(truth)) == (yes, no, unclear, text)


def test_known() -> None:
    assert (known(True), known(False)) == (YES, NO)
