"""`StringEqualsIgnoreCase`: the same text whatever its case."""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.policy.operators.operator import Operator
from iamgen_rules.policy.text import Text, Unknown, parts_of, text_of
from iamgen_rules.policy.truth import Truth
from iamgen_rules.policy.wildcard import Token, match


def compare(value: Text, tokens: Sequence[Token]) -> Truth:
    """Whether two texts are the same in lower case."""
    lowered = text_of(*(part if isinstance(part, Unknown) else part.lower() for part in parts_of(value)))
    return match([token.lower() if isinstance(token, str) else token for token in tokens], lowered)


OPERATOR = Operator("StringEqualsIgnoreCase", compare, variables=True)
