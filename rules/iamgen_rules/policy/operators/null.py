"""`Null`: "true" where the key is absent, "false" where it is present, whatever the case."""

from __future__ import annotations

from iamgen_rules.policy.operators.bool import compare
from iamgen_rules.policy.operators.operator import Operator

OPERATOR = Operator("Null", compare)
