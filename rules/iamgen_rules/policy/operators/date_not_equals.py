"""`DateNotEquals`: none of the values that `DateEquals` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.date_equals import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="DateNotEquals", negated=True)
