"""Whether a request meets a condition.

Sources: "IAM JSON policy elements: Condition operators", "Multivalued context keys", "IAM policy elements:
Variables and tags" (a variable without a value equals nothing, so that negated operators match) (IAM User Guide).

| key is  | plain, IfExists         | negated, IfExists          | ForAllValues | ForAnyValue | Null   |
|---------|-------------------------|----------------------------|--------------|-------------|--------|
| absent  | no, IfExists yes        | yes                        | yes          | no          | "true" |
| present | one of its values match | none of its values matches | each does    | some does   | "false"|
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iamgen_rules.policy.document import Condition
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.operators.operator import Operator
from iamgen_rules.policy.pattern import Lookup, fill, parse
from iamgen_rules.policy.request import Never, Request, Value, Values
from iamgen_rules.policy.text import Text, Unknown, missing_of
from iamgen_rules.policy.truth import NO, Truth, all_of, any_of, known, unknown
from iamgen_rules.policy.wildcard import Token


def holds(condition: Condition, request: Request, *, variables: bool) -> Truth:
    """Whether the condition is met; unknown where a value that decides it is.

    `variables`: whether `${…}` in the condition's values is a policy variable.
    """
    values = request.values(condition.key)
    if isinstance(values, Never):
        return NO
    if isinstance(values, Unknown):
        return unknown(values.name)
    if condition.operator == "Null":
        return _null(condition.values, absent=values is None)
    if values is None:
        return _absent(condition, OPERATORS[condition.operator])
    return _present(condition, values, list(tokens_of(condition, request.single, variables=variables)))


def tokens_of(condition: Condition, lookup: Lookup, *, variables: bool) -> Iterable[tuple[Token, ...]]:
    """The condition's values with their variables filled in, but for those whose variable has no value."""
    operator = OPERATORS[condition.operator]
    for text in condition.values:
        pattern = parse(text, variables=variables and operator.variables, wildcards=operator.wildcards)
        filled = fill(pattern, lookup)
        if filled is not None:
            yield filled


def _null(expected: Iterable[Text], *, absent: bool) -> Truth:
    answer = "true" if absent else "false"
    return any_of(
        known(text.lower() == answer) if isinstance(text, str) else unknown(*missing_of(text)) for text in expected
    )


def _absent(condition: Condition, operator: Operator) -> Truth:
    if condition.quantifier == "ForAnyValue":
        return NO
    return known(operator.negated or condition.if_exists or condition.quantifier == "ForAllValues")


def _present(condition: Condition, values: Values, patterns: Sequence[tuple[Token, ...]]) -> Truth:
    operator = OPERATORS[condition.operator]
    satisfied = (_satisfied(operator, value, patterns) for value in values)
    every = condition.quantifier == "ForAllValues" or (operator.negated and not condition.quantifier)
    return all_of(satisfied) if every else any_of(satisfied)


def _satisfied(operator: Operator, value: Value, patterns: Iterable[tuple[Token, ...]]) -> Truth:
    matched = any_of(operator.compare(value, tokens) for tokens in patterns)
    return ~matched if operator.negated else matched
