"""`StringNotLike`: none of the values that `StringLike` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.string_like import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="StringNotLike", negated=True)
