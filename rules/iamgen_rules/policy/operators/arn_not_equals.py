"""`ArnNotEquals`: none of the values that `ArnEquals` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.arn_equals import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="ArnNotEquals", negated=True)
