"""`NumericLessThan`: a lesser number."""

from __future__ import annotations

import operator

from iamgen_rules.policy.operators.operator import Operator, of_numbers

OPERATOR = Operator("NumericLessThan", of_numbers(operator.lt))
