"""The truth tables leave no cell out: operator × what qualifies it × every kind of value that a key may have."""

from __future__ import annotations

import json
import re
from itertools import product
from typing import NamedTuple

import pytest

from iamgen_rules.policy.operators import OPERATORS
from policy.test_operators import COLUMNS, rows

NAMES = sorted(set(OPERATORS) - {"Null"})
TEXTS = {"empty": "", "lower case": "[a-z]+", "capitals": ".*[A-Z].*"}
PATTERNS = {**TEXTS, "a wildcard": r".*[*?].*"}
NUMBERS = {"whole": r"\d+", "with decimals": r"\d+\.\d+", "negative": r"-\d+", "no number": "[a-z]+", "empty": ""}
DATES = {
    "a day": r"\d{4}-\d\d-\d\d",
    "a time": r"[\d-]+T[\d:]+Z",
    "a time elsewhere": r"[\d-]+T[\d:]+\+\d\d:\d\d",
    "seconds": r"\d{10}",
    "no date": "[a-z]+",
    "empty": "",
}
ADDRESSES = {
    "IPv4": r"[\d.]+",
    "IPv6": "[0-9a-f]+:[0-9a-f:]+",
    "IPv4 in IPv6": r"::ffff:[\d.]+",
    "a network": r"[\d.]+/\d+",
    "no address": "[a-z]+",
    "empty": "",
}
BINARIES = {"base64": "[A-Za-z0-9+/]+=*", "no base64": "[^A-Za-z0-9+/=]+", "empty": ""}
TRUTHS = {"true": "true", "false": "false", "in capitals": "TRUE|FALSE", "neither": "yes|no", "empty": ""}
ARNS = {
    "of the account": "arn:aws:iam::111122223333:.+",
    "of another": r"arn:aws:iam::4\d+:.+",
    "of another partition": "arn:aws-cn:.+",
    "with more colons": "(?:[^:]*:){6}.*",
    "no ARN": "[a-z]+",
    "empty": "",
}
VALUES = {
    "String": TEXTS,
    "StringEquals": PATTERNS,
    "StringLike": PATTERNS,
    "Numeric": NUMBERS,
    "Date": DATES,
    "Ip": ADDRESSES,
    "Binary": BINARIES,
    "Bool": TRUTHS,
    "Arn": ARNS,
    "Null": {"some": ".+", "empty": "", "true": "true", "false": "false"},
}
# Only one text equals a text.
NEVER = {("StringEquals", 1, "all"), ("BinaryEquals", 1, "all"), ("StringNotEquals", 1, "none")}


class Row(NamedTuple):
    """A row that is about values, all of them known."""

    policy: str
    key: tuple[str, ...]
    answers: dict[str, str]


def known(name: str) -> list[Row]:
    """The rows of a table whose values are known, on the side of the policy as well as the key's."""
    found: list[Row] = []
    for policy, key, *answers in rows(name)[1:]:
        held: list[str | None] = json.loads(key) if key.startswith("[") else [None]
        texts = tuple(value for value in held if value is not None)
        if len(texts) == len(held) and None not in json.loads(policy):
            found.append(Row(policy, texts, dict(zip(COLUMNS, answers, strict=True))))
    return found


def kinds(name: str) -> dict[str, str]:
    """The kinds of values that keys of an operator have, by the longest of the names that its own begins with."""
    plain = name.replace("Not", "")
    return VALUES[max((begin for begin in VALUES if plain.startswith(begin)), key=len)]


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in sorted(OPERATORS) for kind in kinds(name)])
def test_a_kind_of_value_has_its_cells(name: str, kind: str) -> None:
    single = {row.key[0] for row in known(name) if len(row.key) == 1}
    assert any(re.fullmatch(kinds(name)[kind], value) for value in single)


def together(row: Row, single: dict[tuple[str, str], dict[str, str]]) -> str | None:
    """How many of a key's values meet the policy each by itself; None where that is not said or one is empty."""
    cells = [single.get((row.policy, value)) for value in row.key]
    if len(row.key) < 2 or "" in row.key or None in cells:
        return None
    said = {cell["plain"] for cell in cells if cell}
    return {frozenset({"yes"}): "all", frozenset({"no"}): "none", frozenset({"yes", "no"}): "some"}.get(frozenset(said))


def several(name: str) -> list[tuple[str, Row]]:
    """The rows of a table with several values, and how many of them meet the policy."""
    found = known(name)
    single = {(row.policy, row.key[0]): row.answers for row in found if len(row.key) == 1}
    return [(how, row) for row in found if (how := together(row, single))]


@pytest.mark.parametrize(("name", "values", "how"), sorted({*product(NAMES, (1, 2), ("all", "some", "none"))} - NEVER))
def test_several_values_have_their_cells(name: str, values: int, how: str) -> None:
    """For one value of the policy and for two."""
    assert [row for found, row in several(name) if found == how and len(json.loads(row.policy)) == values]


@pytest.mark.parametrize("name", NAMES)
def test_several_values_come_to_what_each_does(name: str) -> None:
    """ForAllValues: each of them does; ForAnyValue: one does; nobody knows without ("Multivalued context keys")."""
    every, some = {"all": "yes"}, {"none": "no"}
    for how, row in several(name):
        for column, answer in row.answers.items():
            wanted = {"ForAllValues": every.get(how, "no"), "ForAnyValue": some.get(how, "yes")}
            assert answer == wanted.get(column.partition("+")[0], "unknown"), (row, column)


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_is_absent(name: str) -> None:
    """With any values of the policy ("Condition operators", "Multivalued context keys")."""
    negated = "yes" if "Not" in name else "no"
    for policy, key, *answers in rows(name)[1:]:
        if key == "absent" and policy != "[]":
            assert answers == [negated, "yes", "yes", "yes", "no", "no"], policy


@pytest.mark.parametrize("name", [name for name in NAMES if "Not" in name])
def test_a_negated_operator_has_the_rows_of_its_other(name: str) -> None:
    """And the other answer; without values in the policy, it is met where the other is met or not, nobody knows."""
    other = {
        (row.policy, row.key): row.answers["plain"] for row in known(name.replace("Not", "")) if row.policy != "[]"
    }
    found = {(row.policy, row.key): row.answers["plain"] for row in known(name) if row.policy != "[]"}
    assert found.keys() == other.keys()
    turned = {"yes": "no", "no": "yes", "unknown": "unknown"}
    assert found == {row: turned[answer] for row, answer in other.items()}
