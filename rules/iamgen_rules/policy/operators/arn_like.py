"""`ArnLike`: an ARN, segment by segment, where `*` and `?` stand for others."""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.policy.operators.operator import Operator
from iamgen_rules.policy.text import Text, parts_of
from iamgen_rules.policy.truth import NO, Truth
from iamgen_rules.policy.wildcard import Token, match

_START = "arn:"


def compare(value: Text, tokens: Sequence[Token]) -> Truth:
    """Whether an ARN matches; what is no ARN matches nothing."""
    first = parts_of(value)[0]
    if isinstance(first, str) and not first.startswith(_START):
        return NO
    return match(tokens, value, arn=True)


OPERATOR = Operator("ArnLike", compare, wildcards=True, variables=True)
