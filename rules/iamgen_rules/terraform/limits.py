"""How much the evaluation of one root module may cost, so that no input makes it endless or fills the memory."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from iamgen_rules.terraform.evaluation_error import EvaluationError

MOST_STEPS = 5_000_000  # seconds, not minutes
MOST_CHARACTERS = 4 * 1024 * 1024  # hundreds of the longest policies that AWS takes (10,240 characters)
MOST_ELEMENTS = 100_000  # twenty times as many as an account may have users (5,000)
DEEPEST = 200  # below Python's own limit, whose error would not say where

_CHARACTERS_OF_A_STEP = 64  # as many texts of a few megabytes as would fill the memory are too many steps


@dataclass(slots=True)
class Budget:
    """The `Meter` of one root module: what one costs takes nothing from another, in whatever order they are read.

    Every method raises an EvaluationError that no `try` hides.
    """

    most_steps: int = MOST_STEPS
    most_characters: int = MOST_CHARACTERS
    most_elements: int = MOST_ELEMENTS
    deepest: int = DEEPEST
    steps: int = 0
    depth: int = 0

    def spend(self, steps: int = 1) -> None:
        """Count steps: an expression that is evaluated, an element that is made."""
        self.steps += steps
        if self.steps > self.most_steps:
            _refuse(f"the root module takes more than {self.most_steps:,} steps to evaluate")

    def text(self, length: int) -> None:
        """Ask for room for a text of so many characters, and count the steps that it takes to make."""
        if length > self.most_characters:
            _refuse(f"a text of more than {self.most_characters:,} characters")
        self.spend(length // _CHARACTERS_OF_A_STEP)

    def elements(self, number: int) -> None:
        """Ask for room for a collection of so many elements, and count a step for each."""
        if number > self.most_elements:
            _refuse(f"a collection of more than {self.most_elements:,} elements")
        self.spend(number)

    def nested(self) -> AbstractContextManager[None]:
        """Be a level deeper for as long as the context lasts: an expression in another, a value in a value."""
        return _Level(self)


@dataclass(slots=True)
class _Level:
    """One level; a class, as it is entered for every expression."""

    budget: Budget

    def __enter__(self) -> None:
        if self.budget.depth >= self.budget.deepest:
            _refuse(f"nested more than {self.budget.deepest} deep")
        self.budget.depth += 1

    def __exit__(self, *_: object) -> None:
        self.budget.depth -= 1


def _refuse(message: str) -> None:
    raise EvaluationError(message, lasting=True)
