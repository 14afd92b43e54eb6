"""Questions made by chance: policies of every kind for sessions of every kind, from few names so that they meet.

Not by hypothesis, which makes many of its examples from pieces of the one before. Operators and values fit their
keys, and ARNs in SCPs are complete: what AWS does with others is not documented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from iamgen_rules.policy.decision import Policy
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Held
from iamgen_rules.policy.session import Kind, Session
from policy import generated as g
from simulate.judge import Documents, Raw
from simulate.trials import Asked

BOOL = ("Bool", "StringEquals", "StringNotEquals")
ARN = ("ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals")
STRING = tuple(one for one in g.OPERATORS if one.startswith("String"))
NUMERIC = tuple(one for one in g.OPERATORS if one.startswith("Numeric"))
DATE = tuple(one for one in g.OPERATORS if one.startswith("Date"))
IP = ("IpAddress", "NotIpAddress")
NAMES = ("alice", "a*", "*", "?lice", "${aws:PrincipalTag/team}", "${aws:username}", "${aws:username, 'bob'}")
USERS = (g.USER, "arn:aws:iam::*:user/*", "arn:aws:iam::*:user/*/${aws:username}", "arn:*:*:*:*:*", g.ROLE)
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "aws:MultiFactorAuthPresent": (BOOL, ("true", "false")),
    "aws:MultiFactorAuthAge": (NUMERIC, ("0", "10", "3600")),
    "aws:username": (STRING, NAMES),
    "aws:PrincipalArn": (ARN, USERS),
    "aws:PrincipalTag/team": (STRING, ("red", "r*", "${aws:username, 'red'}", "${aws:missing}", "a:b")),
    "aws:RequestedRegion": (STRING, ("eu-west-1", "eu-*", "*-1", "e?-west-?", "${aws:PrincipalTag/team}", "EU-west-1")),
    "aws:SourceIp": (IP, ("10.0.0.0/8", "10.128.0.0/9", "10.0.0.1/32", "10.0.0.1", "2001:db8::/32", "0.0.0.0/0")),
    "aws:CurrentTime": (DATE, ("2026-11-24T12:00:00Z", "2026-11-25", "2026-11-24T13:00:00+02:00", "1795521600")),
    "aws:EpochTime": (DATE, ("2026-11-24T12:00:00Z", "2026-11-25", "1795521600")),
    "aws:TokenIssueTime": (DATE, ("2026-11-24T12:00:00Z", "2026-01-01")),
    "aws:SecureTransport": (BOOL, ("true", "false")),
    "aws:ViaAWSService": (BOOL, ("true", "false")),
    "aws:TagKeys": (STRING, ("a", "b", "a*")),
    "iam:PassedToService": (STRING, ("ec2.amazonaws.com", "*.amazonaws.com", "lambda.amazonaws.com")),
    "s3:max-keys": (NUMERIC, ("10", "12")),
}
FREE = ("aws:RequestedRegion", "aws:SourceIp", "aws:TagKeys", "aws:SecureTransport", "s3:max-keys")
SEVERAL = ("aws:TagKeys",)
QUANTIFIERS = ("ForAllValues:", "ForAnyValue:")
RESOURCES = (
    "*", "*",
    *(one for one in g.RESOURCES if one != "*"),
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:iam::*:user/*/${aws:username}",
    "arn:aws:iam::*:user/${aws:PrincipalTag/team}",
    "arn:aws:iam::*",
    "arn:aws:iam:*:user/bob",
    "arn:aws:s3",
    "arn:aws:i?m::*:role/W*r",
    "arn:aws:s3:::bucket/*/c",
    "arn:aws:s3:::${aws:PrincipalTag/team, 'bucket'}/*",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team}*",
    "arn:aws:s3:::bucket/x${*}",
)  # fmt: skip
OF_SCPS = tuple(one for one in RESOURCES if one.count(":") >= 5 or one.endswith("*"))
TRUSTED = (g.USER, g.ROLE, g.SESSION, g.ACCOUNT, f"arn:aws:iam::{g.ACCOUNT}:root", "444455556666", f"{g.USER}2", "*")
TARGET = f"arn:aws:iam::{g.ACCOUNT}:role/Target"
CALLED = ("*", g.USER, g.ROLE, "arn:aws:s3:::bucket/a:b/c", f"arn:aws:iam::{g.ACCOUNT}:user/bob")
PASSED: dict[str, tuple[Held | None, ...]] = {
    "iam:passedtoservice": (("ec2.amazonaws.com",), ("lambda.amazonaws.com",), None)
}
SESSIONS = 3

Make = Callable[[random.Random], dict[str, Any]]


def few(chance: random.Random, pool: Sequence[str]) -> list[str]:
    """One or two of them."""
    return chance.sample(pool, chance.choice((1, 1, 2)))


def conditions(chance: random.Random) -> dict[str, dict[str, list[str]]]:
    """None, one or two conditions, each with an operator and values that fit its key."""
    found: dict[str, dict[str, list[str]]] = {}
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2))):
        key = chance.choice((*KEYS, *FREE))
        operators, values = KEYS[key]
        if chance.random() < 0.1:
            found.setdefault("Null", {})[key] = [chance.choice(("true", "false"))]
            continue
        quantifier = chance.choice(QUANTIFIERS if key in SEVERAL else ("", "", "", *QUANTIFIERS))
        operator = quantifier + chance.choice(operators) + chance.choice(("", "", "IfExists"))
        found.setdefault(operator, {})[key] = few(chance, values)
    return found


def statement(chance: random.Random, resources: Sequence[str] = RESOURCES) -> dict[str, Any]:
    """A statement of an identity policy or a boundary."""
    return {
        "Effect": chance.choice(("Allow", "Allow", "Deny")),
        chance.choice(("Action", "Action", "Action", "NotAction")): few(chance, g.ACTION_PATTERNS),
        chance.choice(("Resource", "Resource", "Resource", "NotResource")): few(chance, resources),
        "Condition": conditions(chance),
    }


def scp_statement(chance: random.Random) -> dict[str, Any]:
    """A statement of an SCP."""
    return statement(chance, OF_SCPS)


def trust_statement(chance: random.Random) -> dict[str, Any]:
    """A statement of a trust policy."""
    return {
        "Effect": chance.choice(("Allow", "Allow", "Deny")),
        "Action": chance.choice(("sts:AssumeRole", "sts:AssumeRole", "sts:*", "sts:TagSession")),
        "Principal": "*" if chance.random() < 0.1 else {"AWS": few(chance, TRUSTED)},
        "Condition": conditions(chance),
    }


def document(chance: random.Random, make: Make = statement) -> Raw:
    """One or two statements, in either version or none."""
    version = chance.choice(({"Version": "2012-10-17"}, {"Version": "2012-10-17"}, {"Version": "2008-10-17"}, {}))
    return {**version, "Statement": [make(chance) for _ in range(chance.choice((1, 2)))]}


def broad_or(chance: random.Random, make: Make = statement) -> Raw:
    """A document, or one that allows all, so that the Denies of others matter."""
    return g.BROAD if chance.random() < 0.5 else document(chance, make)


def documents(chance: random.Random, trust: Raw | None = None) -> Documents:
    """What bears on a caller."""
    identity = [document(chance), *([broad_or(chance)] if chance.random() < 0.7 else [])]
    levels = chance.choice(((), (), (), (1,), (1, 2)))
    return Documents(
        identity=identity,
        boundary=broad_or(chance) if chance.random() < 0.25 else None,
        scps=[[broad_or(chance, scp_statement) for _ in range(count)] for count in levels],
        trust=trust,
        own_account=trust is None or chance.random() < 0.6,
    )


def session(chance: random.Random) -> Session:
    """A session of a user, who may be free to give itself tags or a name, or of a role."""
    tags = chance.choice(({"team": "red"}, {"team": "bucket"}, {}))
    if chance.random() < 0.25:
        role = Identity("role", "Worker", g.ACCOUNT, tags=tags)
        return Session(role, chance.choice((Kind.ROLE, Kind.ROLE_MFA)))
    free = chance.choice(("", "", "tags", "name"))
    user = Identity("user", "alice", g.ACCOUNT, "/ops/", tags=tags, free_tags=free == "tags", free_name=free == "name")
    return Session(user, chance.choice((Kind.ACCESS_KEY, Kind.NO_MFA, Kind.MFA, Kind.FEDERATED)))


def calls(chance: random.Random) -> Iterator[Asked]:
    """Calls of some sessions under the same identity policies, boundary and SCPs."""
    made = documents(chance)
    for _ in range(SESSIONS):
        action, target = chance.choice((*g.ACTIONS, "iam:PassRole")), Target(chance.choice(CALLED), tags={})
        yield Asked(session(chance), Call(action, target, PASSED if action == "iam:PassRole" else {}), made)


def assumptions(chance: random.Random) -> Iterator[Asked]:
    """The assumption of a role, in the caller's account or another, by some sessions."""
    made = documents(chance, document(chance, trust_statement))
    trust = Policy("trust", parse(made.trust, "trust"))
    target = Target(TARGET, tags={}, trust=trust, own_account=made.own_account)
    for _ in range(SESSIONS):
        yield Asked(session(chance), Call("sts:AssumeRole", target), made)
