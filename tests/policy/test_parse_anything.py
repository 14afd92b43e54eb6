"""Anything at all is a document, or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.document import Document, Kind
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.text import Partial
from policy.statements import KINDS, MEMBERS, X, allow

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
