"""`DateLessThan`: an earlier point in time."""

from __future__ import annotations

import operator

from iamgen_rules.policy.operators.operator import Operator, of_dates

OPERATOR = Operator("DateLessThan", of_dates(operator.lt))
