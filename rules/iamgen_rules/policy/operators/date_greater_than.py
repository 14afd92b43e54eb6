"""`DateGreaterThan`: a later point in time."""

from __future__ import annotations

import operator

from iamgen_rules.policy.operators.operator import Operator, of_dates

OPERATOR = Operator("DateGreaterThan", of_dates(operator.gt))
