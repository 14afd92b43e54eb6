"""What the MFA conditions of a statement come to in each session, found by evaluating them.

Source: "AWS global condition context keys", aws:MultiFactorAuthPresent (IAM User Guide).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iamgen_rules.account.session import OF_USER, WITHOUT_MFA
from iamgen_rules.gates.statements import mfa_conditions
from iamgen_rules.policy.condition import holds
from iamgen_rules.policy.document import Condition, Document, Statement
from iamgen_rules.policy.keys import AGE, PRESENT
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import Truth, all_of

_KEYS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    Kind.ACCESS_KEY: {},
    Kind.NO_MFA: {PRESENT: ("false",)},
    Kind.MFA: {PRESENT: ("true",), AGE: ("1",)},  # a second after it
}


@dataclass(frozen=True, slots=True)
class Fault:
    """MFA conditions that fail: in which sessions without MFA a Deny is not met, or an Allow is.

    `condition` is the first that makes it so. `inverted`: sessions with MFA are treated as those without should be.
    """

    condition: Condition
    open: tuple[Kind, ...]
    inverted: bool


def met(statement: Statement, document: Document) -> Mapping[Kind, Truth]:
    """Whether all MFA conditions of a statement are met: with an access key, in the console, with MFA."""
    conditions = mfa_conditions(statement)
    return {kind: all_of(_holds(one, document, kind) for one in conditions) for kind in OF_USER}


def fault(statement: Statement, document: Document) -> Fault | None:
    """How the MFA conditions of a statement surely fail; None where they hold, or it has none."""
    found = met(statement, document)
    if not mfa_conditions(statement):
        return None
    denies = statement.effect == "Deny"
    open_ = tuple(kind for kind in WITHOUT_MFA if (found[kind].is_no if denies else found[kind].is_yes))
    inverted = found[Kind.MFA].is_yes if denies else found[Kind.MFA].is_no
    return Fault(_cause(statement, document, open_[0]), open_, inverted) if open_ else None


def _cause(statement: Statement, document: Document, kind: Kind) -> Condition:
    """The condition of a Deny that is not met, or one that is met in an Allow that should not be."""
    conditions = mfa_conditions(statement)
    if statement.effect == "Deny":
        return next(one for one in conditions if _holds(one, document, kind).is_no)
    return conditions[0]


def odd(statement: Statement) -> Condition | None:
    """The first MFA condition in a form that says something else than it seems to, though it may hold.

    A quantifier on a key with one value, or a comparison of a Boolean as text.
    """
    return next((one for one in mfa_conditions(statement) if _is_odd(one)), None)


def _is_odd(condition: Condition) -> bool:
    return bool(condition.quantifier) or (condition.key == PRESENT and condition.operator not in ("Bool", "Null"))


def _holds(condition: Condition, document: Document, kind: Kind) -> Truth:
    request = Request("", "", dict(_KEYS[kind]))
    return all_of(holds(condition, request, variables=variables) for variables in document.readings)


def holding(condition: Condition, kind: Kind) -> str:
    """What a condition comes to: `where Bool is false because aws:MultiFactorAuthPresent is absent`."""
    held = _KEYS[kind].get(condition.key)
    is_met = holds(condition, Request("", "", dict(_KEYS[kind])), variables=False).is_yes
    value = "absent" if held is None else f'"{held[0]}"'
    return f"where {condition.name} is {str(is_met).lower()}: {condition.spelling or condition.key} is {value}"
