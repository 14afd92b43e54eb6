"""Documents: the shapes that AWS takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from iamgen_rules.policy.document import Condition, Principal, Selection
from iamgen_rules.policy.parse import parse
from policy.statements import ALLOW, allow, trust


def test_one_statement_is_a_list_of_one() -> None:
    assert parse({"Statement": ALLOW}) == parse({"Statement": [ALLOW]})


def test_one_string_is_a_list_of_one() -> None:
    assert parse({"Statement": ALLOW}) == parse({"Statement": allow(Action=["s3:GetObject"], Resource=["*"])})


def test_text_is_read_as_json() -> None:
    document = {"Version": "2012-10-17", "Id": "x", "Statement": [ALLOW]}
    assert parse(json.dumps(document)) == parse(document)


@pytest.mark.parametrize(
    ("given", "version", "variables"),
    [
        ({}, "2008-10-17", False),
        ({"Version": "2008-10-17"}, "2008-10-17", False),
        ({"Version": "2012-10-17"}, "2012-10-17", True),
    ],
)
def test_version(given: Mapping[str, str], version: str, variables: bool) -> None:
    document = parse({**given, "Statement": ALLOW})
    assert (document.version, document.has_variables) == (version, variables)


def test_statements_know_their_place_and_name() -> None:
    first, second = parse({"Statement": [allow(Sid="Read"), ALLOW]}).statements
    assert [(one.index, one.sid, one.name) for one in (first, second)] == [(0, "Read", "Read"), (1, "", "statement 2")]


def test_not_action_and_not_resource() -> None:
    (one,) = parse(
        {"Statement": allow(Action=None, NotAction="iam:*", Resource=None, NotResource=["a", "b"])}
    ).statements
    assert one.actions == Selection(("iam:*",), inverted=True)
    assert one.resources == Selection(("a", "b"), inverted=True)


@pytest.mark.parametrize(
    ("given", "operator", "quantifier", "if_exists"),
    [
        ("StringEquals", "StringEquals", "", False),
        ("stringequals", "StringEquals", "", False),
        ("BOOLIFEXISTS", "Bool", "", True),
        ("ForAllValues:StringLike", "StringLike", "ForAllValues", False),
        ("forAnyValue:arnlikeifexists", "ArnLike", "ForAnyValue", True),
        ("Null", "Null", "", False),
    ],
)
def test_operators_ignore_case(given: str, operator: str, quantifier: Any, if_exists: bool) -> None:
    document = parse({"Statement": allow(Condition={given: {"AWS:UserName": "x"}})})
    expected = Condition(operator, "aws:username", ("x",), quantifier, if_exists, "AWS:UserName")
    assert document.statements[0].conditions == (expected,)


@pytest.mark.parametrize(("given", "expected"), [(True, "true"), (False, "false"), (3600, "3600"), (1.5, "1.5")])
def test_booleans_and_numbers_are_text(given: object, expected: str) -> None:
    document = parse({"Statement": allow(Condition={"Bool": {"k": given}, "NumericLessThan": {"k": [given]}})})
    assert [condition.values for condition in document.statements[0].conditions] == [(expected,)] * 2


def test_a_condition_without_values_is_kept() -> None:
    assert parse({"Statement": allow(Condition={"StringEquals": {"k": []}})}).statements[0].conditions[0].values == ()


@pytest.mark.parametrize("condition", [{}, {"StringEquals": {}}, {"Bool": {}, "Null": {}}])
def test_no_condition(condition: object) -> None:
    assert parse({"Statement": allow(Condition=condition)}) == parse({"Statement": ALLOW})


@pytest.mark.parametrize("sid", ["", "Read", "read-only access", "ä", 'a"b', "\ud800"])
def test_a_sid_is_any_text(sid: str) -> None:
    assert parse({"Id": sid, "Statement": allow(Sid=sid)}).statements[0].sid == sid


def test_no_sid_is_like_no_other() -> None:
    assert len(parse({"Statement": [allow(Sid=""), allow(Sid=""), ALLOW]}).statements) == 3


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("*", [("AWS", "*")]),
        ({"AWS": "*"}, [("AWS", "*")]),
        (
            {"AWS": ["111122223333", "arn:aws:iam::1:user/a"]},
            [("AWS", "111122223333"), ("AWS", "arn:aws:iam::1:user/a")],
        ),
        ({"Service": "ec2.amazonaws.com"}, [("Service", "ec2.amazonaws.com")]),
        ({"Federated": "f", "CanonicalUser": "c"}, [("Federated", "f"), ("CanonicalUser", "c")]),
        ({"AWS": 111122223333}, [("AWS", "111122223333")]),
        ({"AWS": ["*", "arn:aws:iam::1:root"]}, [("AWS", "*"), ("AWS", "arn:aws:iam::1:root")]),
        (
            {"Service": ["a.amazonaws.com", "b.amazonaws.com"]},
            [("Service", "a.amazonaws.com"), ("Service", "b.amazonaws.com")],
        ),
    ],
)
def test_principals(given: object, expected: list[tuple[str, str]]) -> None:
    document = parse({"Statement": trust(Principal=given)}, "trust")
    assert document.statements[0].principals == tuple(Principal(*entry) for entry in expected)
