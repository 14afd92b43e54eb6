"""The MFA condition that a statement should have, and the change of its text that makes it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iamgen_rules.account.binding import Binding
from iamgen_rules.gates.edits import word
from iamgen_rules.gates.faults import fault, odd
from iamgen_rules.policy.document import Condition, Statement
from iamgen_rules.policy.keys import PRESENT
from iamgen_rules.rule import Edit, Fix
from iamgen_rules.source import Place
from iamgen_rules.subject import Texts


def condition_place(binding: Binding, statement: Statement, condition: Condition, *path: int) -> Place:
    """Where a condition of a statement stands, or one of its values."""
    spelling = (condition.spelling,) if path else ()
    return binding.place_of(statement, "Condition", condition.name, *spelling, *path)


def repaired(statement: Statement, condition: Condition) -> Condition:
    """The condition in the plain form that holds: `BoolIfExists` "false" in a Deny, `Bool` "true" in an Allow."""
    denies = statement.effect == "Deny"
    if condition.key == PRESENT:
        values = ("false",) if denies else ("true",)
        return replace(condition, operator="Bool", quantifier="", if_exists=denies, values=values)
    if condition.operator == "Null":
        return replace(condition, quantifier="", values=("true",) if denies else ("false",))
    return replace(condition, quantifier="", if_exists=denies)


def fix(binding: Binding, statement: Statement, condition: Condition, texts: Texts | None) -> Fix:
    """What to write instead, with the edits where it is certain what they do."""
    better = repaired(statement, condition)
    text = f"use {better.name}" if better.values == condition.values else f'use {better.name} "{better.values[0]}"'
    place = condition_place(binding, statement, condition)
    return Fix(text, place, _edits(binding, statement, condition, better, texts))


def _edits(
    binding: Binding, statement: Statement, condition: Condition, better: Condition, texts: Texts | None
) -> tuple[Edit, ...]:
    others = [one for one in statement.conditions if one is not condition]
    clash = any(one.name in (condition.name, better.name) for one in others)
    changed = replace(statement, conditions=(*others, better))
    if clash or fault(changed, binding.document) is not None or odd(changed) is not None:
        return ()
    found = _operator(binding, statement, condition, better, texts)
    values = _values(binding, statement, condition, better, texts)
    return () if found is None or values is None else (*found, *values)


def _operator(
    binding: Binding, statement: Statement, condition: Condition, better: Condition, texts: Texts | None
) -> Sequence[Edit] | None:
    if better.name == condition.name:
        return ()
    return word(texts, condition_place(binding, statement, condition), condition.name, better.name) or None


def _values(
    binding: Binding, statement: Statement, condition: Condition, better: Condition, texts: Texts | None
) -> Sequence[Edit] | None:
    if better.values == condition.values:
        return ()
    (new,), (old, *more) = better.values, condition.values
    if more or not isinstance(old, str) or not isinstance(new, str):
        return None
    return word(texts, condition_place(binding, statement, condition, 0), old, new) or None
