"""`NumericGreaterThanEquals`: a greater or the same number."""

from __future__ import annotations

import operator

from iamgen_rules.policy.operators.operator import Operator, of_numbers

OPERATOR = Operator("NumericGreaterThanEquals", of_numbers(operator.ge))
