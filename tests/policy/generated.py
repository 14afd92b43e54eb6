"""Policies and requests that hypothesis makes: few names and values, so that they meet."""

from __future__ import annotations

import os
import random
from typing import Any, TypeVar

from hypothesis import HealthCheck
from hypothesis import strategies as st

T = TypeVar("T")
ACCOUNT = "111122223333"
USER = f"arn:aws:iam::{ACCOUNT}:user/ops/alice"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Worker"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/Worker/name"
CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large)
EXAMPLES = int(os.environ.get("IAMGEN_POLICY_EXAMPLES", "425"))
REQUESTS = 48

ACTIONS = ("iam:CreateUser", "iam:GetUser", "s3:GetObject", "sts:AssumeRole", "zz:Probe")
ACTION_PATTERNS = (*ACTIONS, "*", "iam:*", "IAM:Create*", "iam:?etUser", "*:*", "s3:G*t*", "zz:Pro*e?", "sts:*")
RESOURCES = (USER, ROLE, "arn:aws:s3:::bucket/a:b/c", f"arn:aws:iam::{ACCOUNT}:user/bob", "*", "arn:aws:s3:::bucket/x*")
RESOURCE_PATTERNS = (
    *RESOURCES,
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:iam::*:user/*/${aws:username}",
    "arn:aws:iam::*",
    "arn:aws:s3",
    "arn:*:user/bob",
    "arn:aws:i?m::*:role/W*r",
    "arn:a*:user/bob",
    "arn:aws:s3:::bucket/*/c",
    "arn:aws:s3:::${aws:PrincipalTag/team, 'bucket'}/*",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team}*",
    "arn:aws:s3:::bucket/x${*}",
    "**",
)
VALUES: dict[str, tuple[str, ...]] = {
    "aws:MultiFactorAuthPresent": ("true", "false", "True"),
    "aws:MultiFactorAuthAge": ("0", "10", "3600", "10.5", "x"),
    "aws:username": ("alice", "bob", "Alice", ""),
    "aws:PrincipalArn": (USER, ROLE, "alice"),
    "aws:PrincipalTag/team": ("red", "bucket", "a:b"),
    "aws:RequestedRegion": ("eu-west-1", "eu-west-2", "us-east-1"),
    "aws:SourceIp": ("10.0.0.1", "10.200.0.1", "192.168.0.7", "2001:db8::1"),
    "aws:CurrentTime": ("2026-11-24T12:00:00Z", "2026-11-25", "1795521600", "2026"),
    "aws:TagKeys": ("a", "b", "c"),
    "zz:Bytes": ("QQ==", "QUI=", "%"),
}
_FURTHER: dict[str, tuple[str, ...]] = {
    "aws:username": ("a*", "*", "?lice", "${aws:PrincipalTag/team}", "${aws:username}"),
    "aws:PrincipalArn": ("arn:aws:iam::*:user/*", "arn:aws:iam::*:user/${aws:username}", "arn:*", "*"),
    "aws:RequestedRegion": ("eu-*", "*-1", "*", "e?-west-?"),
    "aws:SourceIp": ("10.0.0.0/8", "10.128.0.0/9", "10.0.0.1/32", "2001:db8::/32", "0.0.0.0/0"),
    "aws:PrincipalTag/team": ("r*", "${aws:username, 'red'}", "${aws:missing}"),
}
OPERATORS: tuple[str, ...] = (
    "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
    "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
    "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan",
    "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress",
    "NotIpAddress", "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike",
)  # fmt: skip
_FITTING = {
    "aws:MultiFactorAuthPresent": ("Bool", "StringEquals", "StringNotEquals"),
    "aws:MultiFactorAuthAge": tuple(one for one in OPERATORS if one.startswith("Numeric")),
    "aws:SourceIp": ("IpAddress", "NotIpAddress"),
    "aws:CurrentTime": tuple(one for one in OPERATORS if one.startswith("Date")),
    "aws:PrincipalArn": ("ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals", "StringLike"),
    "zz:Bytes": ("BinaryEquals",),
}
_STRINGS = tuple(one for one in OPERATORS if one.startswith("String"))


def operators(key: str) -> st.SearchStrategy[str]:
    """An operator as written: mostly one that fits the key, sometimes any."""
    fitting = _FITTING.get(key, _STRINGS)
    name = st.one_of(st.sampled_from(fitting), st.sampled_from(fitting), st.sampled_from(OPERATORS))
    quantifier = st.sampled_from(("", "", "", "ForAllValues:", "ForAnyValue:"))
    suffix = st.sampled_from(("", "", "IfExists"))
    plain = st.builds(lambda before, middle, after: before + middle + after, quantifier, name, suffix)
    return st.one_of(plain, plain, plain, st.just("Null"))


def few(one: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    """One or two."""
    return st.lists(one, min_size=1, max_size=2)


def chance(seed: int) -> random.Random:
    """Choices that are the same every time."""
    return random.Random(seed)  # noqa: S311 - no secret is made of them


@st.composite
def conditions(draw: st.DrawFn, keys: tuple[str, ...] = tuple(VALUES)) -> dict[str, dict[str, list[str]]]:
    """None, one or two conditions."""
    found: dict[str, dict[str, list[str]]] = {}
    for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 2)))):
        key = draw(st.sampled_from(keys))
        operator = draw(operators(key))
        pool = ("true", "false") if operator == "Null" else (*VALUES[key], *_FURTHER.get(key, ()))
        found.setdefault(operator, {})[key] = draw(few(st.sampled_from(pool)))
    return found


@st.composite
def statements(draw: st.DrawFn, effects: tuple[str, ...] = ("Allow", "Allow", "Deny")) -> dict[str, Any]:
    """A statement of an identity policy."""
    action = draw(st.sampled_from(("Action", "Action", "Action", "NotAction")))
    resource = draw(st.sampled_from(("Resource", "Resource", "Resource", "NotResource")))
    return {
        "Effect": draw(st.sampled_from(effects)),
        action: draw(few(st.sampled_from(ACTION_PATTERNS))),
        resource: draw(few(st.sampled_from(("*", *RESOURCE_PATTERNS)))),
        "Condition": draw(conditions()),
    }


@st.composite
def trust_statements(draw: st.DrawFn) -> dict[str, Any]:
    """A statement of a trust policy."""
    entries = (USER, ROLE, SESSION, ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root", "444455556666", f"{USER}2", "*")
    return {
        "Effect": draw(st.sampled_from(("Allow", "Allow", "Deny"))),
        "Action": draw(st.sampled_from(("sts:AssumeRole", "sts:*", "sts:TagSession"))),
        "Principal": draw(st.one_of(st.just("*"), st.fixed_dictionaries({"AWS": few(st.sampled_from(entries))}))),
        "Condition": draw(conditions()),
    }  # fmt: skip


def documents(one: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A document of one to three statements, of either version or none."""
    versions = st.sampled_from(({"Version": "2012-10-17"}, {"Version": "2012-10-17"}, {"Version": "2008-10-17"}, {}))
    return st.builds(
        lambda version, many: {**version, "Statement": many}, versions, st.lists(one, min_size=1, max_size=3)
    )


IDENTITY = st.lists(documents(statements()), min_size=1, max_size=3)
BOUNDARY = st.one_of(st.none(), st.none(), documents(statements(("Allow", "Allow", "Allow", "Deny"))))
SCPS = st.one_of(
    st.just([]), st.just([]), st.lists(st.lists(documents(statements()), min_size=1, max_size=2), max_size=2)
)
TRUST = st.one_of(st.none(), documents(trust_statements()))
BROAD = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
