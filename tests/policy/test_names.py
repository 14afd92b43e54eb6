"""The names and paths that a user may give itself, against brute force on a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.ask import directly
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import Kind, Session, requests
from iamgen_rules.policy.truth import NO, YES, Truth
from policy import generated as g
from policy.cases import NOW
from policy.oracle import allowed
from policy.question import Question
from policy.test_search import Documents, conditions, documents

SOME = settings(max_examples=g.EXAMPLES // 3, deadline=None, suppress_health_check=g.CHECKS)
START = f"arn:aws:iam::{g.ACCOUNT}:user/"
ME = Identity("user", "me", g.ACCOUNT, path="/ops/", free_name=True, taken=frozenset({"bob", "x", "a"}))
SESSION = Session(ME, Kind.ACCESS_KEY)
NAMES = ("me", "ab", "b", "ba", "B", "Carol")
PATHS = ("", "ops/", "dev/", "ops/dev/")
ON = (f"{START}ops/me", f"{START}bob", "arn:aws:s3:::ab", "arn:aws:s3:::dev/b")
VARIABLES = ("${aws:username}", "${aws:PrincipalArn}", "a${aws:username}", "${aws:username}b")
TEXTS = (
    "me",
    "bob",
    "*b",
    "b*",
    "?",
    "??",
    "Carol",
    f"{START}*",
    f"{START}ops/*",
    f"{START}*/b",
    f"{START}b",
    *VARIABLES,
)
RESOURCES = (
    "*",
    f"{START}*",
    f"{START}ops/*",
    "arn:aws:iam::*:user/*/${aws:username}",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:s3:::${aws:username}",
    "arn:aws:s3:::*/${aws:username}",
    "arn:aws:s3:::a${aws:username}",
)
KEYS = ("aws:username", "aws:PrincipalArn", "sts:RoleSessionName")
OPERATORS = (
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "ArnLike",
    "ArnNotLike",
)


def asked(read: Documents, request: Request) -> bool:
    """Whether the second implementation allows a request, by some reading of what AWS leaves open."""
    context = {key: [str(value) for value in held] for key, held in request.context.items()}  # type: ignore[union-attr]  # all known
    question = Question(request.action, str(request.resource), context, identity=read)
    return any(allowed(replace(question, doubt=doubt)) for doubt in (False, True))


def under_each_name(request: Request, on_itself: bool) -> Iterator[Request]:
    """The request as it is under every name and path, and with every session name."""
    for name, path, session in product(NAMES, PATHS, (None, "me", "b", "ab", "x")):
        arn = f"{START}{path}{name}"
        free = {} if session is None else {"sts:rolesessionname": (session,)}
        context = {**request.context, "aws:username": (name,), "aws:principalarn": (arn,), **free}
        yield replace(request, context=context, resource=arn if on_itself else request.resource)


@SOME
@given(documents(conditions(OPERATORS, KEYS, TEXTS), RESOURCES), st.sampled_from(ON))
def test_names(read: Documents, resource: str) -> None:
    policies = Policies(tuple(Policy("p", parse(document)) for document in read))
    call = Call("iam:UpdateUser", Target(resource))
    reached = directly(SESSION, call, policies, now=NOW)
    (like,) = requests(SESSION, call, NOW)
    if reached.allowed.is_yes:
        assert asked(read, reached.request)
        assert str(reached.request.context["aws:username"]) not in ME.taken
    elif reached.allowed.is_no:
        assert not any(asked(read, one) for one in under_each_name(like, on_itself=resource == ME.arn))


def allow(resource: str, **condition: Any) -> Policies:
    """One Allow."""
    statement = {"Effect": "Allow", "Action": "*", "Resource": resource, "Condition": condition}
    return Policies((Policy("p", parse({"Version": "2012-10-17", "Statement": statement})),))


CASES: dict[str, tuple[Policies, str, Truth]] = {
    "a name and a path at once": (
        allow("arn:aws:s3:::home/${aws:username}", ArnLike={"aws:PrincipalArn": f"{START}dev/*"}),
        "arn:aws:s3:::home/carol",
        YES,
    ),
    "a name that is taken": (allow("arn:aws:s3:::home/${aws:username}"), "arn:aws:s3:::home/bob", NO),
    "a name that is taken in another case": (allow("arn:aws:s3:::home/${aws:username}"), "arn:aws:s3:::home/Bob", NO),
    "names that are taken, of a kind": (allow("*", StringLike={"aws:username": "?"}), "*", YES),
    "no name": (allow("arn:aws:s3:::home/${aws:username}"), "arn:aws:s3:::home/no name", NO),
    "an ARN in a variable": (allow("arn:aws:s3:::${aws:PrincipalArn}"), f"arn:aws:s3:::{START}dev/carol", YES),
    "an ARN that it cannot have": (allow("arn:aws:s3:::${aws:PrincipalArn}"), "arn:aws:s3:::arn:aws:iam::1:user/c", NO),
    "itself by another name": (
        allow(f"{START}dev/*", StringLike={"aws:username": "c*"}),
        f"{START}ops/me",
        YES,
    ),
    "the user of another name": (allow(f"{START}dev/*", StringLike={"aws:username": "c*"}), f"{START}ops/you", NO),
}


@pytest.mark.parametrize("name", CASES)
def test_a_name(name: str) -> None:
    policies, resource, answer = CASES[name]
    assert directly(SESSION, Call("iam:UpdateUser", Target(resource)), policies, now=NOW).allowed == answer
