"""Every cell of every operator's truth table in tables/: rows are values, columns what qualifies the operator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iamgen_rules.policy.condition import holds
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.truth import NO, YES, Truth

TABLES = Path(__file__).parent / "tables"
COLUMNS = ("plain", "IfExists", "ForAllValues", "ForAllValues+IfExists", "ForAnyValue", "ForAnyValue+IfExists")
ANSWERS = {"yes": YES, "no": NO, "refused": None}


def rows(name: str) -> list[list[str]]:
    """The cells of a table, its head first."""
    lines = (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def written(operator: str, column: str) -> str:
    """The operator as a policy writes it: `ForAnyValue:BoolIfExists`."""
    quantifier, _, suffix = column.partition("+")
    if quantifier in ("plain", "IfExists"):
        return operator if quantifier == "plain" else f"{operator}IfExists"
    return f"{quantifier}:{operator}{suffix}"


ROWS = [(name, row) for name in sorted(OPERATORS) for row in rows(name)[1:]]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=lambda part: part if isinstance(part, str) else " ".join(part[:2]))
def test_row(name: str, row: list[str]) -> None:
    policy, key, *answers = row
    context = {} if key == "absent" else {"some:key": tuple(json.loads(key))}
    found = [cell(written(name, column), json.loads(policy), context) for column in COLUMNS]
    assert found == [[ANSWERS[answer]] * 2 for answer in answers]


def cell(operator: str, policy: list[str], context: dict[str, tuple[str, ...]]) -> list[Truth | None]:
    """Whether the condition holds, in a policy without and with variables; None where AWS refuses it."""
    condition = {operator: {"Some:Key": policy}}
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    try:
        (parsed,) = parse({"Statement": statement}).statements[0].conditions
    except MalformedPolicyError:
        return [None, None]
    return [holds(parsed, Request("a:b", "*", context), variables=variables) for variables in (False, True)]


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_a_table_is_complete(name: str) -> None:
    head, *body = rows(name)
    assert head == [name, "key", *COLUMNS]
    assert all(answer in ANSWERS for _, _, *answers in body for answer in answers)
    for policy in {row[0] for row in body}:
        assert [row[1] for row in body if row[0] == policy and row[1] == "absent"] == ["absent"]
    keys = [json.loads(row[1]) for row in body if row[1] != "absent"]
    assert {len(key) for key in keys} == {1, 2}
    assert {row[2] for row in body if row[1] != "absent"} == {"yes", "no"}


def test_every_table_has_its_operator() -> None:
    assert {table.stem for table in TABLES.iterdir()} == set(OPERATORS)


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_an_operators_file_has_its_name(name: str) -> None:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("_")
    module = __import__(f"iamgen_rules.policy.operators.{words}", fromlist=["OPERATOR"])
    assert module.OPERATOR.name == name
