"""`ArnLike`: an ARN, segment by segment, where `*` and `?` stand for others."""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.policy.operators.operator import Operator
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.truth import Truth
from iamgen_rules.policy.wildcard import Token, Wild, match

_START = "arn:"


def compare(value: Text, tokens: Sequence[Token]) -> Truth:
    """Whether an ARN matches; what is no ARN matches nothing."""
    return match((_START, Wild.MANY), value) & match(tokens, value, arn=True)


OPERATOR = Operator("ArnLike", compare, wildcards=True, variables=True)
