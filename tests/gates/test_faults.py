"""MFA conditions, each as a row: what it comes to with an access key, in the console without MFA, and with MFA.

The rows are those of the table of constructs: "AWS global condition context keys", aws:MultiFactorAuthPresent, and
"IAM JSON policy elements: Condition operators" (IAM User Guide).
"""

from __future__ import annotations

import pytest

from iamgen_rules.gates.faults import fault, holding, met, odd
from iamgen_rules.gates.repair import repaired
from iamgen_rules.gates.statements import is_gate
from iamgen_rules.policy.document import Condition, Document, Statement
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.session import Kind

KEYS = {"Present": "aws:MultiFactorAuthPresent", "Age": "aws:MultiFactorAuthAge"}
# effect, condition; whether it is met with an access key, in the console without MFA, with MFA; what is said of it
TABLE = """
Deny  BoolIfExists Present false              | met     met     not     |
Deny  Bool Present false                      | not     met     not     | faulty
Deny  StringEquals Present false              | not     met     not     | faulty odd
Deny  ForAnyValue:BoolIfExists Present false  | not     met     not     | faulty odd
Deny  Null Present true                       | met     not     not     | faulty
Deny  StringEqualsIfExists Present false      | met     met     not     | odd
Deny  StringNotEquals Present true            | met     met     not     | odd
Deny  ForAllValues:Bool Present false         | met     met     not     | odd
Deny  Null Age true                           | met     met     not     |
Deny  NumericGreaterThanIfExists Age 3600     | met     met     not     |
Deny  NumericGreaterThan Age 3600             | not     not     not     | faulty
Deny  BoolIfExists Present true               | met     not     met     | faulty inverted
Deny  Bool Present true                       | not     not     met     | faulty inverted
Deny  Null Present false                      | not     met     met     | faulty inverted
Allow Bool Present true                       | not     not     met     |
Allow NumericLessThan Age 3600                | not     not     met     |
Allow BoolIfExists Present true               | met     not     met     | faulty
Allow ForAllValues:Bool Present true          | met     not     met     | faulty odd
Allow StringNotEquals Present false           | met     not     met     | faulty odd
Allow NumericLessThanIfExists Age 3600        | met     met     met     | faulty
Allow Null Present false                      | not     met     met     | faulty
Allow Null Age false                          | not     not     met     |
Allow StringEquals Present true               | not     not     met     | odd
Allow BoolIfExists Present false              | met     met     not     | faulty inverted
"""
ROWS = [[part.split() for part in row.split("|")] for row in TABLE.strip().splitlines()]
FAULTY = [row for row in ROWS if "faulty" in row[2] or "odd" in row[2]]


def statement(effect: str, operator: str, key: str, value: str) -> tuple[Statement, Document]:
    body = {"Effect": effect, "Action": "*", "Resource": "*", "Condition": {operator: {KEYS[key]: value}}}
    document = parse({"Version": "2012-10-17", "Statement": body})
    return document.statements[0], document


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row[0]) for row in ROWS])
def test_a_condition_is_judged_by_what_it_comes_to(row: list[list[str]]) -> None:
    (effect, operator, key, value), outcome, said = row
    found, document = statement(effect, operator, key, value)
    truths = met(found, document)
    assert [("met" if truth.is_yes else "not") for truth in truths.values()] == outcome
    wrong = fault(found, document)
    assert (wrong is not None, odd(found) is not None) == ("faulty" in said, "odd" in said)
    if wrong is not None:
        should = "not" if effect == "Deny" else "met"
        kinds = (Kind.ACCESS_KEY, Kind.NO_MFA)
        assert wrong.open == tuple(kind for kind, came in zip(kinds, outcome, strict=False) if came == should)
        assert wrong.inverted == ("inverted" in said)


@pytest.mark.parametrize("row", FAULTY, ids=[" ".join(row[0]) for row in FAULTY])
def test_what_is_wrong_or_odd_has_a_form_that_holds(row: list[list[str]]) -> None:
    effect, operator, key, value = row[0]
    found, document = statement(effect, operator, key, value)
    better = repaired(found, found.conditions[0])
    changed, _ = statement(effect, better.name, key, str(better.values[0]))
    assert fault(changed, document) is None
    assert odd(changed) is None


def test_what_is_not_known_is_no_fault() -> None:
    body = '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"BoolIfExists": {%s: "x"}}}}'
    document = parse(body % '"aws:MultiFactorAuthPresent"')
    (found,) = document.statements
    assert fault(found, document) is not None  # "x" is no Boolean, and is never met
    free = Statement(0, "Deny", found.actions, found.resources)
    assert (fault(free, document), odd(free), is_gate(free), is_gate(found)) == (None, None, False, True)


def test_all_conditions_on_mfa_count_together() -> None:
    both = Document(
        (
            Statement(
                0,
                "Deny",
                statement("Deny", "Bool", "Present", "false")[0].actions,
                statement("Deny", "Bool", "Present", "false")[0].resources,
                conditions=(
                    Condition("Bool", "aws:multifactorauthpresent", ("false",), if_exists=True),
                    Condition("Null", "aws:multifactorauthpresent", ("true",), spelling="aws:MultiFactorAuthPresent"),
                ),
            ),
        ),
        "2012-10-17",
    )
    found = fault(both.statements[0], both)
    assert found is not None
    assert (found.open, found.condition.operator) == ((Kind.NO_MFA,), "Null")
    told = holding(found.condition, Kind.NO_MFA)
    assert told == 'where Null is false: aws:MultiFactorAuthPresent is "false"'
