"""Statements that ask for MFA: those whose conditions read whether, or how long ago, the session had it.

Source: "AWS global condition context keys" (IAM User Guide).
"""

from __future__ import annotations

from typing import Literal

from iamgen_rules.policy.document import Condition, Statement
from iamgen_rules.policy.keys import AGE, PRESENT

Element = Literal["Action", "Resource"]


def mfa_conditions(statement: Statement) -> tuple[Condition, ...]:
    """The conditions on `aws:MultiFactorAuthPresent` and `aws:MultiFactorAuthAge`."""
    return tuple(one for one in statement.conditions if one.key in (PRESENT, AGE))


def other_conditions(statement: Statement) -> tuple[Condition, ...]:
    """All others."""
    return tuple(one for one in statement.conditions if one.key not in (PRESENT, AGE))


def is_gate(statement: Statement) -> bool:
    """Whether it denies by MFA."""
    return statement.effect == "Deny" and bool(mfa_conditions(statement))


def is_blanket(statement: Statement) -> bool:
    """Whether it is about every action but some: a gate of an account rather than of a service."""
    return statement.actions.inverted or "*" in statement.actions.values


def element(statement: Statement, what: Element) -> str:
    """The element as the statement has it: `NotAction` or `Action`."""
    selection = statement.actions if what == "Action" else statement.resources
    return f"Not{what}" if selection.inverted else what
