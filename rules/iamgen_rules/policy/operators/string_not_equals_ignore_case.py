"""`StringNotEqualsIgnoreCase`: none of the values that `StringEqualsIgnoreCase` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.string_equals_ignore_case import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="StringNotEqualsIgnoreCase", negated=True)
