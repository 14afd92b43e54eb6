"""`StringEquals`: the same text, letter by letter."""

from __future__ import annotations

from iamgen_rules.policy.operators.operator import Operator, like

OPERATOR = Operator("StringEquals", like, variables=True)
