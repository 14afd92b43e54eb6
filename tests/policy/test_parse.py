"""Documents: the shapes that AWS takes, the error for each that it refuses, and what is unknown in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

import pytest

from iamgen_rules.policy.document import Condition, Document, Principal, Selection
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.text import Partial, Unknown

X = Unknown("var.x")
NONE = frozenset[str]()
MEMBERS = ["Action", "Condition", "Effect", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"]
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}


def allow(**changes: object) -> dict[str, object]:
    """One Allow with some members changed; None removes one."""
    return {key: value for key, value in {**ALLOW, **changes}.items() if value is not None}


def trust(**changes: object) -> dict[str, object]:
    """One trust statement with some members changed; None removes one."""
    return {key: value for key, value in {**TRUST, **changes}.items() if value is not None}


# Shapes that AWS takes


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
    ],
)
def test_principals(given: object, expected: list[tuple[str, str]]) -> None:
    document = parse({"Statement": trust(Principal=given)}, "trust")
    assert document.statements[0].principals == tuple(Principal(*entry) for entry in expected)


# What AWS refuses

REFUSED_DOCUMENTS: dict[str, tuple[object, str]] = {
    "not JSON": ("{", "the policy is not JSON: Expecting property name"),
    "no object": ("[]", "[] is no object"),
    "nothing": (None, "null is no object"),
    "no Statement": ({"Version": "2012-10-17"}, "the policy has no Statement"),
    "key of another case": ({"statement": ALLOW}, '"statement" does not belong here: use Id, Statement, Version'),
    "another version": ({"Version": "2013", "Statement": ALLOW}, 'Version: "2013" is no version: write "2012-10-17"'),
    "version as a number": ({"Version": 2012, "Statement": ALLOW}, 'Version: 2012 is no version: write "2012-10-17"'),
    "statement is text": ({"Statement": ["x"]}, 'Statement[0]: "x" is no object'),
    "the same key twice": ('{"Statement": [], "Statement": []}', '"Statement" stands twice in one object'),
    "the same Sid twice": (
        {"Statement": [allow(Sid="A"), allow(Sid="B"), allow(Sid="A")]},
        'Statement[2].Sid: "A" stands twice in one policy',
    ),
    "deep nesting": ("[" * 100_000, "the policy is not JSON: "),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_DOCUMENTS)
def test_a_document_is_refused(name: str) -> None:
    given, message = REFUSED_DOCUMENTS[name]
    with pytest.raises(MalformedPolicyError) as refused:
        parse(given)
    assert str(refused.value).startswith(message)


REFUSED_STATEMENTS: dict[str, tuple[dict[str, object], str]] = {
    "no Effect": (allow(Effect=None), '.Effect: the statement has no Effect: write "Allow" or "Deny"'),
    "Effect in another case": (allow(Effect="allow"), '.Effect: "allow" is no effect: write "Allow" or "Deny"'),
    "unknown member": (
        allow(Actions="x"),
        f': "Actions" does not belong here: use {", ".join(MEMBERS)}',
    ),
    "no Action": (allow(Action=None), ": needs Action or NotAction"),
    "Action and NotAction": (allow(NotAction="a:b"), ": has both Action and NotAction"),
    "no Resource": (allow(Resource=None), ": needs Resource or NotResource"),
    "Resource and NotResource": (allow(NotResource="*"), ": has both Resource and NotResource"),
    "empty Action": (allow(Action=[]), ".Action: is empty"),
    "empty NotResource": (allow(Resource=None, NotResource=[]), ".NotResource: is empty"),
    "action without service": (allow(Action="GetObject"), '.Action: "GetObject" is no action: write service:Action'),
    "action with a blank": (allow(Action="s3: Get"), '.Action: "s3: Get" is no action: write service:Action'),
    "action of three parts": (allow(Action="a:b:c"), '.Action: "a:b:c" is no action: write service:Action'),
    "action is null": (allow(Action=[None]), ".Action: null is no string"),
    "resource is an object": (allow(Resource={}), ".Resource: {} is no string"),
    "Principal": (allow(Principal="*"), ": an identity policy has no Principal"),
    "NotPrincipal": (allow(NotPrincipal="*"), ": an identity policy has no Principal"),
    "condition is a list": (allow(Condition=[]), ".Condition: [] is no object"),
    "unknown operator": (allow(Condition={"Equals": {}}), '.Condition.Equals: "Equals" is no condition operator'),
    "NullIfExists": (
        allow(Condition={"NullIfExists": {}}),
        '.Condition.NullIfExists: "NullIfExists" is no condition operator',
    ),
    "unknown quantifier": (
        allow(Condition={"ForSome:Bool": {}}),
        '.Condition.ForSome:Bool: "ForSome:Bool" is no condition operator',
    ),
    "operator without keys": (allow(Condition={"Bool": "x"}), '.Condition.Bool: "x" is no object'),
    "condition value": (allow(Condition={"Bool": {"k": [{}]}}), ".Condition.Bool.k: {} is no string"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_STATEMENTS)
def test_a_statement_is_refused(name: str) -> None:
    given, message = REFUSED_STATEMENTS[name]
    with pytest.raises(MalformedPolicyError) as refused:
        parse({"Statement": [ALLOW, given]})
    assert str(refused.value) == f"Statement[1]{message}"


REFUSED_TRUSTS: dict[str, tuple[dict[str, object], str]] = {
    "Resource": (trust(Resource="*"), ": a trust policy has no Resource"),
    "NotResource": (trust(NotResource="*"), ": a trust policy has no Resource"),
    "no Principal": (trust(Principal=None), ": a trust policy needs Principal, and takes no NotPrincipal"),
    "NotPrincipal": (
        trust(Principal=None, NotPrincipal="*"),
        ": a trust policy needs Principal, and takes no NotPrincipal",
    ),
    "a bare ARN": (
        trust(Principal="arn:aws:iam::1:root"),
        '.Principal: "arn:aws:iam::1:root" is no principal: write "*" or {"AWS": …}',
    ),
    "unknown type": (
        trust(Principal={"User": "x"}),
        '.Principal: "User" does not belong here: use AWS, CanonicalUser, Federated, Service',
    ),
    "nobody": (trust(Principal={}), ".Principal: names nobody"),
    "an empty list": (trust(Principal={"AWS": []}), ".Principal: names nobody"),
    "part of an ARN": (
        trust(Principal={"AWS": "arn:aws:iam::1:user/*"}),
        '.Principal.AWS: "arn:aws:iam::1:user/*" has a wildcard: name it in full, or "*"',
    ),
    "a number": (trust(Principal={"AWS": [[1]]}), ".Principal.AWS: [1] is no string"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_TRUSTS)
def test_a_trust_statement_is_refused(name: str) -> None:
    given, message = REFUSED_TRUSTS[name]
    with pytest.raises(MalformedPolicyError) as refused:
        parse({"Statement": given}, "trust")
    assert str(refused.value) == f"Statement[0]{message}"
    assert refused.value.path.startswith("Statement[0]")


# What is unknown

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


def test_an_unknown_effect_is_both() -> None:
    statements = parse({"Statement": allow(Effect=X)}).statements
    assert [(one.index, one.effect) for one in statements] == [(0, "Allow"), (0, "Deny")]
    assert [one.missing for one in statements] == [{"var.x"}, {"var.x"}]


def test_unknown_values_are_kept() -> None:
    given = allow(Action=X, Resource=["*", Partial(("a", X))], Sid=X, Condition={"Bool": {"k": X}})
    (one,) = parse({"Version": X, "Statement": given}).statements
    assert (one.actions.values, one.resources.values, one.sid) == ((X,), ("*", Partial(("a", X))), "")
    assert (one.conditions[0].values, one.missing) == ((X,), NONE)


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


def test_a_hole_is_no_excuse_for_what_is_wrong_elsewhere() -> None:
    with pytest.raises(MalformedPolicyError, match=r"Statement\[0\].Effect"):
        parse(Partial(('{"Statement": {"Effect": "allow", "Action": "', X, '", "Resource": "*"}}')))


def test_a_policy_that_says_nothing() -> None:
    assert parse({"Statement": []}) == Document()
