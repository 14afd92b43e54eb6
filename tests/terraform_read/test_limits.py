"""What the evaluation of a root module may cost."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.limits import Budget


def refused(message: str) -> pytest.RaisesExc[EvaluationError]:
    return pytest.raises(EvaluationError, match=message, check=lambda error: error.lasting)


def test_steps_add_up() -> None:
    budget = Budget(most_steps=3)
    budget.spend()
    budget.spend(2)
    with refused("more than 3 steps"):
        budget.spend()


def test_a_text_and_a_collection_have_a_size() -> None:
    budget = Budget(most_characters=1000, most_elements=1000)
    budget.text(1000)
    budget.elements(1000)
    with refused("a text of more than 1,000 characters"):
        budget.text(1001)
    with refused("a collection of more than 1,000 elements"):
        budget.elements(1001)


def test_many_texts_or_collections_are_many_steps() -> None:
    budget = Budget()
    with refused("steps"):
        for _ in range(100):
            budget.text(4_000_000)
    budget = Budget()
    with refused("steps"):
        for _ in range(100):
            budget.elements(100_000)


def test_depth_is_given_back() -> None:
    budget = Budget(deepest=2)
    for _ in range(3):
        with budget.nested(), budget.nested():
            pass
    with ExitStack() as levels, refused("nested more than 2 deep"):
        for _ in range(3):
            levels.enter_context(budget.nested())
    assert budget.depth == 0
