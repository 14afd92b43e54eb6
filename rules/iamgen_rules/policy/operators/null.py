"""`Null`: "true" where the key is absent, "false" where it is present."""

from __future__ import annotations

from iamgen_rules.policy.operators.operator import Operator, never

OPERATOR = Operator("Null", never)
