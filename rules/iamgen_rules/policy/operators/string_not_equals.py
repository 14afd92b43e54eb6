"""`StringNotEquals`: none of the values that `StringEquals` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.string_equals import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="StringNotEquals", negated=True)
