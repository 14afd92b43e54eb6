"""Documents of which not all is known."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from iamgen_rules.policy import holes
from iamgen_rules.policy.document import Document, Principal
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.text import Partial, Unknown, UnknownJson, missing_of
from policy.statements import ALLOW, X, allow, trust

UNKNOWN: dict[str, tuple[object, Literal["identity", "trust"]]] = {
    "document": (X, "identity"),
    "document with a hole outside strings": (Partial(('{"Statement": ', X, "}")), "identity"),
    "statements": ({"Statement": X}, "identity"),
    "a member's name": ({"Statement": [], X: "x"}, "identity"),
    "one statement": ({"Statement": [ALLOW, X]}, "identity"),
    "a statement's member": ({"Statement": {X: "Allow"}}, "identity"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_document_may_have_statements_that_are_unknown(name: str) -> None:
    given, kind = UNKNOWN[name]
    assert parse(given, kind).missing == {"var.x"}


def test_known_statements_stay() -> None:
    document = parse({"Statement": [X, ALLOW]})
    assert [one.index for one in document.statements] == [1]


@pytest.mark.parametrize(
    "condition",
    [X, {X: {"k": "v"}}, {"Bool": X}, {"Bool": {X: "v"}}, {"Bool": {Partial((X, ":aud")): "v"}, "Null": {"k": "true"}}],
)
def test_a_statement_may_have_conditions_that_are_unknown(condition: object) -> None:
    (one,) = parse({"Statement": allow(Condition=condition)}).statements
    assert one.missing == {"var.x"}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:username": "a"}, "stringequals": {"aws:username": "b"}},
        {"StringEquals": {"aws:username": "a", "AWS:UserName": "b"}},
    ],
)
def test_what_two_spellings_come_to_is_unknown(condition: object) -> None:
    further = {"Null": {"aws:username": "false"}, "ForAnyValue:StringEquals": {"aws:username": "a"}}
    (one,) = parse({"Statement": allow(Condition={**further, **condition})}).statements  # type: ignore[dict-item]
    assert [kept.name for kept in one.conditions] == ["Null", "ForAnyValue:StringEquals"]
    assert one.missing == {"StringEquals of aws:username in two spellings"}


@pytest.mark.parametrize("id_", ["AIDACKCEVSQ6C2EXAMPLE", "AROADBQP57FF2AEXAMPLE"])
def test_whose_unique_id_it_is_is_unknown(id_: str) -> None:
    (one,) = parse({"Statement": trust(Principal={"AWS": ["*", id_]})}, "trust").statements
    assert one.principals == (Principal("AWS", "*"), Principal("AWS", Unknown(id_)))


def test_an_unknown_effect_is_both() -> None:
    statements = parse({"Statement": allow(Effect=X)}).statements
    assert [(one.index, one.effect) for one in statements] == [(0, "Allow"), (0, "Deny")]
    assert [one.missing for one in statements] == [{"var.x"}, {"var.x"}]


def test_unknown_values_are_kept() -> None:
    given = allow(Action=X, Resource=["*", Partial(("a", X))], Sid=X, Condition={"Bool": {"k": X}})
    (one,) = parse({"Version": X, "Statement": given}).statements
    assert (one.actions.values, one.resources.values, one.sid) == ((X,), ("*", Partial(("a", X))), "")
    assert (one.conditions[0].values, one.missing) == ((X,), frozenset())


def test_an_unknown_version_may_be_either() -> None:
    assert parse({"Version": X, "Statement": ALLOW}).readings == (False, True)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (X, ("*", X)),
        ({X: "x"}, ("*", X)),
        ({"AWS": X}, ("AWS", X)),
        ({"AWS": [Partial((X, ":root"))]}, ("AWS", Partial((X, ":root")))),
    ],
)
def test_unknown_principals(given: object, expected: tuple[str, Any]) -> None:
    (one,) = parse({"Statement": trust(Principal=given)}, "trust").statements
    assert one.principals == (Principal(*expected),)


def test_holes_inside_json_text() -> None:
    y = Unknown("var.y")
    text = Partial(('{"Statement": {"Effect": "Allow", "Action": "', X, '", "Resource": ["a', y, 'b"]}}'))
    assert parse(text) == parse({"Statement": allow(Action=X, Resource=[Partial(("a", y, "b"))])})


def test_a_hole_that_is_json_itself_stands_for_a_value() -> None:
    y = UnknownJson("var.y")
    text = Partial(('{"Statement": {"Effect": "Allow", "Action": "iam:\\\\\\"', X, '", "Resource": ', y, "}}"))
    assert parse(text) == parse({"Statement": allow(Action=Partial(('iam:\\"', X)), Resource=Unknown("var.y"))})


@pytest.mark.parametrize("parts", [
    ('{"Statement": [', X, "]}"),
    ('{"Statement": [', UnknownJson("var.y"), X, "]}"),
    ('{"Statement": ', UnknownJson("var.y"), UnknownJson("var.y"), "}"),
    ('{"Statement": "', UnknownJson("var.y"), "}"),
])  # fmt: skip
def test_any_other_hole_outside_strings_may_be_anything(parts: tuple[str | Unknown, ...]) -> None:
    assert holes.read(Partial(parts)) == Unknown(", ".join(sorted(missing_of(Partial(parts)))))


def test_holes_keep_their_places_among_strings_and_values() -> None:
    y, z = UnknownJson("var.y"), UnknownJson("var.z")
    text = Partial(('{"', X, '": ', y, ', "b": ["c', X, 'd", ', z, ', "\\\\", ', y, "]}"))
    assert holes.read(text) == {
        X: Unknown("var.y"),
        "b": [Partial(("c", X, "d")), Unknown("var.z"), "\\", Unknown("var.y")],
    }


def test_a_hole_is_no_excuse_for_what_is_wrong_elsewhere() -> None:
    with pytest.raises(MalformedPolicyError, match=r"Statement\[0\].Effect"):
        parse(Partial(('{"Statement": {"Effect": "allow", "Action": "', X, '", "Resource": "*"}}')))


def test_a_policy_that_says_nothing() -> None:
    assert parse({"Statement": []}) == Document()
