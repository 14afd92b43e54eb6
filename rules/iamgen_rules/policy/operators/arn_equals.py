"""`ArnEquals`: an ARN, segment by segment, where `*` and `?` stand for others. It is the same as `ArnLike`."""

from __future__ import annotations

from iamgen_rules.policy.operators.arn_like import compare
from iamgen_rules.policy.operators.operator import Operator

OPERATOR = Operator("ArnEquals", compare, wildcards=True, variables=True)
