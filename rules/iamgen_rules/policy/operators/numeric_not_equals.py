"""`NumericNotEquals`: none of the values that `NumericEquals` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.numeric_equals import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="NumericNotEquals", negated=True)
