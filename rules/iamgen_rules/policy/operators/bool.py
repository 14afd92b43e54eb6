"""`Bool`: true or false, whatever the case; other text matches nothing."""

from __future__ import annotations

from iamgen_rules.policy.operators.operator import Operator, of_text


def _same(value: str, text: str) -> bool:
    return value.lower() == text.lower() and value.lower() in ("true", "false")


compare = of_text(_same)
OPERATOR = Operator("Bool", compare)
