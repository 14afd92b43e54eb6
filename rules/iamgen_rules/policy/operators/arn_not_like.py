"""`ArnNotLike`: none of the values that `ArnLike` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.arn_like import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="ArnNotLike", negated=True)
