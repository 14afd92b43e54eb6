"""Documents, statements and principals that AWS refuses: the error for each."""

from __future__ import annotations

import pytest

from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.text import Partial
from policy.statements import ALLOW, MEMBERS, X, allow, trust

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
