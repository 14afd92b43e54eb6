"""`StringLike`: the same text, where `*` and `?` stand for others."""

from __future__ import annotations

from iamgen_rules.policy.operators.operator import Operator, like

OPERATOR = Operator("StringLike", like, wildcards=True, variables=True)
