"""The request that an answer names is one that AWS could get: each key has values of its type, one where it has one."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.ask import ask
from iamgen_rules.policy.decision import Policies
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.values import may_have_several
from policy import generated as g
from policy.cases import NOW
from policy.test_oracle import named

SOME = settings(max_examples=max(g.EXAMPLES // 2, 100), deadline=None, suppress_health_check=g.CHECKS)
ALICE = Identity("user", "alice", g.ACCOUNT, path="/ops/")
USERS_KINDS = (Kind.ACCESS_KEY, Kind.NO_MFA, Kind.MFA, Kind.FEDERATED)
POOL = {
    "aws:CurrentTime": ("2026-11-24T12:00:00Z", "1900000000"),
    "aws:MultiFactorAuthAge": ("10", "11", "10.5", "1*", "-3", "x"),
    "aws:MultiFactorAuthPresent": ("true", "false", "t*"),
    "aws:RequestedRegion": ("eu-west-1", "eu-*", "10", "?*"),
    "aws:SecureTransport": ("true", "false", "f*", "yes"),
    "aws:SourceIp": ("10.0.0.0/8", "10.0.0.1", "10.*", "0.0.0.0/0", "::/0", "240.0.0.0/4", "2001:db8:*", "x"),
    "aws:TagKeys": ("a", "b"),
    "aws:VpcSourceIp": ("172.16.0.0/12", "172.16.*"),
}


def is_address(text: str) -> bool:
    """One that can be where a packet comes from."""
    return "/" not in text and not ipaddress.ip_address(text).is_unspecified and text != "255.255.255.255"


REAL: dict[str, Callable[[str], bool]] = {
    "aws:currenttime": lambda text: datetime.fromisoformat(text) == NOW,
    "aws:multifactorauthage": lambda text: float(text) >= 0,
    "aws:multifactorauthpresent": lambda text: text in ("true", "false"),
    "aws:securetransport": lambda text: text in ("true", "false"),
    "aws:sourceip": is_address,
    "aws:tokenissuetime": lambda text: datetime.fromisoformat(text) == NOW,
    "aws:vpcsourceip": is_address,
}


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, dict[str, list[str]]]:
    """Any operators on typed keys, fitting or not."""
    found: dict[str, dict[str, list[str]]] = {}
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(tuple(POOL)))
        operator = draw(g.operators(key))
        values = ("true", "false") if operator == "Null" else POOL[key]
        found.setdefault(operator, {})[key] = draw(g.few(st.sampled_from(values)))
    return found


def statements() -> st.SearchStrategy[dict[str, object]]:
    """Everything on everything, under conditions."""
    return st.builds(
        lambda effect, condition: {"Effect": effect, "Action": "*", "Resource": "*", "Condition": condition},
        st.sampled_from(("Allow", "Deny")),
        conditions(),
    )


@SOME
@given(st.lists(g.documents(statements()), min_size=1, max_size=2), st.sampled_from(USERS_KINDS), st.booleans())
def test_values(documents: list[dict[str, object]], kind: Kind, broad: bool) -> None:
    identity = named([*documents, *([g.BROAD] if broad else [])])
    reached = ask(Session(ALICE, kind), Call("zz:Probe", Target("*")), Policies(identity), now=NOW)
    for key, held in reached.request.context.items() if reached.allowed.is_yes else ():
        assert isinstance(held, tuple)
        assert len(held) == 1 or key == "aws:tagkeys"
        assert all(one and REAL.get(key, bool)(str(one)) for one in held), (key, held)


@pytest.mark.parametrize(
    ("key", "several"),
    [
        ("aws:tagkeys", True),
        ("aws:calledvia", True),
        ("aws:requestedregion", False),
        ("aws:requesttag/team", False),
        ("ec2:resourcetag/team", False),
        ("iam:passedtoservice", False),
        ("sts:transitivetagkeys", True),
        ("kms:encryptioncontextkeys", True),
    ],
)
def test_how_many(key: str, several: bool) -> None:
    """Source: "AWS global condition context keys" and the Service Authorization Reference, value types."""
    assert may_have_several(key) is several
