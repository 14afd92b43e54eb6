"""Every cell of every operator's truth table in tables/: rows are values, columns what qualifies the operator.

The first column has the policy's values, the second the key's: `absent`, some, or `unknown` where nothing is known of
the key, not even whether it is there. `null` is a value that is unknown. AWS refuses a cell that is `refused`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iamgen_rules.policy.condition import holds
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.request import Context, Request
from iamgen_rules.policy.text import Unknown
from iamgen_rules.policy.truth import Truth

TABLES = Path(__file__).parent / "tables"
COLUMNS = ("plain", "IfExists", "ForAllValues", "ForAllValues+IfExists", "ForAnyValue", "ForAnyValue+IfExists")


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
X = Unknown("var.x")


@pytest.mark.parametrize(("name", "row"), ROWS, ids=lambda part: part if isinstance(part, str) else " ".join(part[:2]))
def test_row(name: str, row: list[str]) -> None:
    policy, key, *answers = row
    found = [cell(written(name, column), values(policy), context(key)) for column in COLUMNS]
    assert found == [[answer] * 2 for answer in answers]


def values(text: str) -> list[str | Unknown]:
    """The values of a policy or a key, `null` as one that is unknown."""
    return [X if value is None else value for value in json.loads(text)]


def context(key: str) -> Context:
    """A request's keys."""
    if key == "absent":
        return {}
    return {"some:key": X if key == "unknown" else tuple(values(key))}


def cell(operator: str, policy: list[str | Unknown], context: Context) -> list[str]:
    """Whether the condition holds, in a policy without and with variables."""
    condition = {operator: {"Some:Key": policy}}
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    try:
        (parsed,) = parse({"Statement": statement}).statements[0].conditions
    except MalformedPolicyError:
        return ["refused"] * 2
    return [said(holds(parsed, Request("a:b", "*", context), variables=variables)) for variables in (False, True)]


def said(truth: Truth) -> str:
    """A truth as a table writes it."""
    return "unknown" if truth.is_unknown else "yes" if truth.is_yes else "no"


def kind(key: str) -> str:
    """What of a key a row is about."""
    if key in ("absent", "unknown"):
        return key
    held = json.loads(key)
    return ("one" if len(held) == 1 else "several") + (", unknown" if None in held else "")


KINDS = {"absent", "one", "several", "one, unknown", "unknown"}


def test_there_are_27_operators_in_six_forms() -> None:
    assert (len(OPERATORS), len(COLUMNS)) == (27, 6)


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_a_table_is_complete(name: str) -> None:
    head, *body = rows(name)
    assert head == [name, "key", *COLUMNS]
    assert {answer for row in body for answer in row[2:]} <= {"yes", "no", "unknown", "refused"}
    assert len({(policy, key) for policy, key, *_ in body}) == len(body)
    assert {kind(key) for _, key, *_ in body} >= KINDS
    assert {len(json.loads(policy)) for policy, *_ in body} == {0, 1, 2}
    for policy in {policy for policy, *_ in body}:
        of_policy = [kind(key) for one, key, *_ in body if one == policy]
        assert of_policy.count("absent") == 1
        assert "one" in of_policy


@pytest.mark.parametrize("name", sorted(OPERATORS))
@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_has_every_answer(name: str, column: str) -> None:
    found = {row[2 + COLUMNS.index(column)] for row in rows(name)[1:]}
    refused = name == "Null" and column.endswith("IfExists")
    assert found == ({"refused"} if refused else {"yes", "no", "unknown"})


def test_every_table_has_its_operator() -> None:
    assert {table.stem for table in TABLES.iterdir()} == set(OPERATORS)


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_an_operators_file_has_its_name(name: str) -> None:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("_")
    module = __import__(f"iamgen_rules.policy.operators.{words}", fromlist=["OPERATOR"])
    assert module.OPERATOR.name == name
