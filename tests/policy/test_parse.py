"""Documents: the shapes that AWS takes, the error for each that it refuses, and what is unknown in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy import holes
from iamgen_rules.policy.document import Condition, Document, Kind, Principal, Selection
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.text import Partial, Unknown, UnknownJson, missing_of

X = Unknown("var.x")
NONE = frozenset[str]()
KINDS: list[Kind] = ["identity", "trust"]
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


# What AWS refuses

REFUSED_DOCUMENTS: dict[str, tuple[object, str]] = {
    "not JSON": ("{", "the policy is not JSON: Expecting property name"),
    "no object": ("[]", "[] is no object"),
    "a list of statements": ([ALLOW], '[{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "… is no object'),
    "nothing": (None, "null is no object"),
    "bytes": (b"{}", "a bytes is no object"),
    "no text": ("", "the policy is not JSON: Expecting value"),
    "a byte order mark": ('\ufeff{"Statement": []}', "the policy is not JSON: Unexpected UTF-8 BOM"),
    "a comment": ('{"Statement": []} // all', "the policy is not JSON: Extra data"),
    "a comma too many": ('{"Statement": [],}', "the policy is not JSON: "),
    "a NUL": ('{"Statement": "\0"}', "the policy is not JSON: Invalid control character"),
    "Infinity": ('{"Statement": Infinity}', "the policy is not JSON: Infinity is no number of JSON"),
    "NaN": ('{"Statement": NaN}', "the policy is not JSON: NaN is no number of JSON"),
    "a number of many digits": (f'{{"Statement": {"1" * 5000}}}', "the policy is not JSON: a number of 5000 digits"),
    "an Id that is no text": ({"Id": 5, "Statement": ALLOW}, "Id: 5 is no string"),
    "no Statement": ({"Version": "2012-10-17"}, "the policy has no Statement"),
    "key of another case": ({"statement": ALLOW}, '"statement" does not belong here: use Id, Statement, Version'),
    "another version": ({"Version": "2013", "Statement": ALLOW}, 'Version: "2013" is no version: write "2012-10-17"'),
    "version as a number": ({"Version": 2012, "Statement": ALLOW}, 'Version: 2012 is no version: write "2012-10-17"'),
    "statement is text": ({"Statement": ["x"]}, 'Statement[0]: "x" is no object'),
    "two versions": ({"Version": ["2012-10-17"], "Statement": ALLOW}, 'Version: ["2012-10-17"] is no version: write'),
    "no version": ({"Version": None, "Statement": ALLOW}, 'Version: null is no version: write "2012-10-17"'),
    "a key that is no text": ({5: "x", "Statement": ALLOW}, "5 does not belong here: use Id, Statement, Version"),
    "the same key twice": ('{"Statement": [], "Statement": []}', '"Statement" stands twice in one object'),
    "the same Sid twice": (
        {"Statement": [allow(Sid="A"), allow(Sid="B"), allow(Sid="A")]},
        'Statement[2].Sid: "A" stands twice in one policy',
    ),
    "the same key twice, further in": (
        '{"Statement": {"Condition": {"Bool": {"k": "true", "k": "false"}}}}', '"k" stands twice in one object'
    ),
    "deep nesting": ("[" * 100_000, "the policy is nested too deeply"),
    "deep nesting of objects": ('{"a":' * 100_000, "the policy is nested too deeply"),
    "deep nesting around a hole": (
        Partial(("[" * 700 + '"', X, '"' + "]" * 700)), "the policy is nested too deeply"
    ),
}  # fmt: skip


def nested(leaf: object, times: int = 100_000) -> object:
    """Lists in lists."""
    for _ in range(times):
        leaf = [leaf]
    return leaf


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"Statement": nested(ALLOW)}, "Statement[0]"),
        ({"Statement": allow(Action=nested("*"))}, "Statement[0].Action"),
        ({"Statement": allow(Condition={"Bool": {"k": nested("true")}})}, "Statement[0].Condition.Bool.k"),
    ],
    ids=["statements", "actions", "values"],
)
def test_deep_nesting_is_refused_in_its_place(document: object, place: str) -> None:
    with pytest.raises(MalformedPolicyError) as refused:
        parse(document)
    assert refused.value.path == place


@pytest.mark.parametrize("name", REFUSED_DOCUMENTS)
def test_a_document_is_refused(name: str) -> None:
    given, message = REFUSED_DOCUMENTS[name]
    with pytest.raises(MalformedPolicyError) as refused:
        parse(given)
    assert str(refused.value).startswith(message)


REFUSED_STATEMENTS: dict[str, tuple[dict[str, object], str]] = {
    "no Effect": (allow(Effect=None), '.Effect: the statement has no Effect: write "Allow" or "Deny"'),
    "Effect in a list": (allow(Effect=["Allow"]), '.Effect: ["Allow"] is no effect: write "Allow" or "Deny"'),
    "a Sid that is no text": (allow(Sid=["x"]), '.Sid: ["x"] is no string'),
    "a Sid that is null": ({**ALLOW, "Sid": None}, ".Sid: null is no string"),
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
    "action is a number": (allow(Action=5), ".Action: 5 is no string"),
    "action is a Boolean": (allow(Action=[True]), ".Action: true is no string"),
    "no variables in actions": (
        allow(Action="iam:${aws:username}"), '.Action: "iam:${aws:username}" is no action: write service:Action'
    ),
    "action with a NUL": (allow(Action="iam:\0"), r'.Action: "iam:\u0000" is no action: write service:Action'),
    "action with half a character": (
        allow(Action="iam:\ud800"), r'.Action: "iam:\ud800" is no action: write service:Action'
    ),
    "action without a name": (allow(Action="iam:"), '.Action: "iam:" is no action: write service:Action'),
    "two stars": (allow(Action="**"), '.Action: "**" is no action: write service:Action'),
    "resource is an object": (allow(Resource={}), ".Resource: {} is no string"),
    "resource is a number": (allow(Resource=[5]), ".Resource: 5 is no string"),
    "condition is null": ({**ALLOW, "Condition": None}, ".Condition: null is no object"),
    "operator is null": (allow(Condition={"Bool": None}), ".Condition.Bool: null is no object"),
    "condition value is null": (allow(Condition={"Bool": {"k": None}}), ".Condition.Bool.k: null is no string"),
    "value in two lists": (allow(Condition={"Bool": {"k": [["x"]]}}), '.Condition.Bool.k: ["x"] is no string'),
    "condition value is no number of JSON": (
        allow(Condition={"NumericEquals": {"k": float("inf")}}), ".Condition.NumericEquals.k: Infinity is no string"
    ),
    "condition value is a number of many digits": (
        allow(Condition={"NumericEquals": {"k": 10**5000}}), ".Condition.NumericEquals.k: a int is no string"
    ),
    "condition key is no text": (allow(Condition={"Bool": {5: "x"}}), ".Condition.Bool: 5 does not belong here"),
    "operator is no text": (allow(Condition={5: {}}), ".Condition: 5 does not belong here"),
    "operator with half a character": (
        allow(Condition={"\ud800": {}}), r'.Condition."\ud800": "\ud800" is no condition operator'
    ),
    "long operator": (
        allow(Condition={"x" * 99: {}}),
        f'.Condition."{"x" * 59}…: "{"x" * 59}… is no condition operator',
    ),
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
    "a list": (trust(Principal={"AWS": [["x"]]}), '.Principal.AWS: ["x"] is no string'),
    "null": (trust(Principal={"AWS": None}), ".Principal.AWS: null is no string"),
    "a list of everybody": (trust(Principal=["*"]), '.Principal: ["*"] is no object'),
    "type of another case": (
        trust(Principal={"aws": "*"}),
        '.Principal: "aws" does not belong here: use AWS, CanonicalUser, Federated, Service',
    ),
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


# Anything at all

LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4), st.sampled_from(["*", "Allow", "a:b", X])
)
WORDS = st.one_of(st.sampled_from([*MEMBERS, "Statement", "Version", "Id", "AWS", "Bool", "Null"]), LEAVES)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)
ALMOST = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny", "allow"])},
    optional={name: ANYTHING for name in MEMBERS if name != "Effect"},
).map(lambda statement: {"Statement": statement})


def read(data: object, kind: Kind) -> Document | MalformedPolicyError:
    """What comes out, one or the other."""
    try:
        return parse(data, kind)
    except MalformedPolicyError as refused:
        return refused


@settings(max_examples=400, deadline=None)
@given(st.one_of(ANYTHING, ALMOST), st.sampled_from(KINDS))
def test_anything_is_a_document_or_refused(data: object, kind: Kind) -> None:
    found = read(data, kind)
    if isinstance(found, Document):
        assert all(one.effect in ("Allow", "Deny") for one in found.statements)
    else:
        assert len(str(found).encode()) < 500


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.sampled_from(KINDS))
def test_any_text_is_a_document_or_refused(before: str, after: str, kind: Kind) -> None:
    for text in (before, Partial((before, X, after))):
        found = read(text, kind)
        assert found.missing <= {"var.x"} if isinstance(found, Document) else str(found).encode()


def test_a_large_document_is_read_and_a_large_mistake_said_in_short() -> None:
    statements = [allow(Sid=f"S{number}", Resource=["x" * 200] * 10) for number in range(5_000)]
    assert len(parse(json.dumps({"Statement": statements})).statements) == 5_000
    with pytest.raises(MalformedPolicyError) as refused:
        parse(json.dumps({"Statement": [statements]}))
    assert len(str(refused.value)) < 100
