"""Whether a request meets a condition.

Sources: "IAM JSON policy elements: Condition operators", "Multivalued context keys", "IAM policy elements:
Variables and tags" (a variable without a value equals nothing, so that negated operators match) (IAM User Guide).

| key has | plain            | negated        | ForAllValues | ForAnyValue | Null    |
|---------|------------------|----------------|--------------|-------------|---------|
| nothing | no, IfExists yes | yes            | yes          | no          | "true"  |
| a value | it matches       | it matches not | the same     | the same    | "false" |
| several | unknown          | unknown        | each does    | some does   | "false" |

Several values need a quantifier, says AWS. A condition without values does not affect the policy ("IAM Access
Analyzer policy check reference"), and with a quantifier an empty text was as good as none in earlier texts of
"Multivalued context keys": where that is not the same, it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iamgen_rules.policy.document import Condition
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.operators.operator import Operator
from iamgen_rules.policy.pattern import Lookup, Variable, fill, parse
from iamgen_rules.policy.request import Never, Request, Value, Values
from iamgen_rules.policy.text import Unknown
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
    patterns = tokens_of(condition, request.single, variables=variables)
    answer = _answer(condition, values, patterns)
    return answer if condition.values else answer | unknown(f"{condition.name} of {condition.spelling} without values")


def _answer(condition: Condition, values: Values | None, patterns: Iterable[tuple[Token, ...]]) -> Truth:
    if condition.operator == "Null":
        absent = "true" if values is None else "false"
        return any_of(OPERATORS["Null"].compare(absent, tokens) for tokens in patterns)
    if values is None:
        return _absent(condition, OPERATORS[condition.operator])
    if len(values) > 1 and not condition.quantifier:
        return unknown(f"{condition.name} of {condition.spelling}, which has several values")
    answer = _present(condition, values, list(patterns))
    if condition.quantifier and not any(values) and answer != _absent(condition, OPERATORS[condition.operator]):
        return unknown(f"{condition.name} of {condition.spelling}, which is empty")
    return answer


def tokens_of(condition: Condition, lookup: Lookup, *, variables: bool) -> Iterable[tuple[Token, ...]]:
    """The condition's values with their variables filled in, but for those whose variable has no value.

    An operator that takes no variables may have one all the same: nobody knows what AWS makes of it.
    """
    operator = OPERATORS[condition.operator]
    for text in condition.values:
        pattern = parse(text, variables=variables, wildcards=operator.wildcards)
        if not operator.variables and any(isinstance(token, Variable) for token in pattern):
            yield (Unknown(f"a variable in {condition.name}"),)
            continue
        filled = fill(pattern, lookup)
        if filled is not None:
            yield filled


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
