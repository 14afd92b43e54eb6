"""Evaluation is linear: twice the input costs at most twice the steps, and a tenth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from iamgen_rules.policy.ask import ask
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.pattern import fill
from iamgen_rules.policy.pattern import parse as tokens_of
from iamgen_rules.policy.search import MOST_DECISIONS, TOO_MANY
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.steps import measured, tick
from iamgen_rules.policy.truth import NO, unknown
from iamgen_rules.policy.wildcard import compiled, match
from policy.cases import NOW
from policy.large_documents import of_gates, of_one_long_list, of_other_services, of_other_users

ALICE = Identity("user", "alice", "111122223333")
CALL = Call("iam:CreateUser", Target("arn:aws:iam::111122223333:user/alice", tags={}))
PROBE = Call("zz:Probe", Target("*"))
ALL = {"Action": "*", "Resource": "*"}


def decided(statements: list[dict[str, Any]], kind: Kind = Kind.ACCESS_KEY) -> int:
    """The steps that a decision on one document takes."""
    document = parse({"Version": "2012-10-17", "Statement": statements})
    compiled.cache_clear()
    with measured() as meter:
        ask(
            Session(ALICE, kind),
            CALL,
            Policies((Policy("p", document),)),
            now=NOW,
        )
    return meter.steps


@pytest.mark.parametrize("statements", [of_other_services, of_other_users, of_one_long_list, of_gates])
@pytest.mark.parametrize("kind", [Kind.ACCESS_KEY, Kind.MFA])
def test_statements(statements: Callable[[int], list[dict[str, Any]]], kind: Kind) -> None:
    assert decided(statements(10_000), kind) <= 2.2 * decided(statements(5_000), kind)


@pytest.mark.parametrize("piece", ["*a", "*", "?*", "*ab?", "a*:"])
@pytest.mark.parametrize("arn", [False, True])
def test_patterns(piece: str, arn: bool) -> None:
    assert matched(piece, 2_000, arn) <= 2.2 * matched(piece, 1_000, arn)


def matched(piece: str, count: int, arn: bool) -> int:
    """The steps that a pattern of so many pieces takes on a text that it nearly matches."""
    compiled.cache_clear()
    with measured() as meter:
        for text in ("a" * count * 3 + "b", "ab:" * count, ":" * count):
            assert not match(pattern(piece * count), text, arn=arn).is_unknown
    return meter.steps


def pattern(text: str) -> tuple[Any, ...]:
    """Tokens of a pattern without variables."""
    return fill(tokens_of(text, variables=False), dict[str, str]().get) or ()


@pytest.mark.parametrize("piece", [" ", "${", "a,", "'", "${a", ", '"])
def test_variables(piece: str) -> None:
    """Reading them is linear: with a square of this there would be no end."""
    assert tokens_of("${" + piece * 200_000 + "}", variables=True)


def pigeons(count: int) -> Policies:
    """As many keys, each with one of one value fewer, no two alike: impossible, and slow to find out."""
    keys = [f"zz:key{number}" for number in range(count)]
    nests = [f"nest{number}" for number in range(count - 1)]
    allow = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "*",
        "Condition": {"StringEquals": dict.fromkeys(keys, nests)},
    }
    alike = [
        {"Effect": "Deny", **ALL, "Condition": {"StringEquals": {one: f"${{{other}}}"}}}
        for one in keys
        for other in keys
        if one < other
    ]
    return Policies((Policy("p", parse({"Version": "2012-10-17", "Statement": [allow, *alike]})),))


def test_what_can_be_tried_is_tried() -> None:
    reached = ask(Session(ALICE, Kind.NO_MFA), PROBE, pigeons(5), now=NOW)
    assert reached.allowed == NO


def test_what_would_take_too_long_is_unknown() -> None:
    reached = ask(Session(ALICE, Kind.NO_MFA), PROBE, pigeons(9), now=NOW)
    assert reached.allowed == unknown(TOO_MANY)
    assert reached.decisions <= 3 * MOST_DECISIONS


def test_a_pattern_with_too_many_states_is_no_safe_no() -> None:
    """Each of these alone is met and missed easily; all ways at once are more than are looked at."""
    patterns = [f"*{letter}?{'?' * number}{letter}*" for number, letter in enumerate("abcdefgh")]
    deny = [{"Effect": "Deny", **ALL, "Condition": {"StringLikeIfExists": {"zz:key": patterns}}}]
    allow = {"Effect": "Allow", **ALL, "Condition": {"StringLike": {"zz:key": patterns[0]}}}
    document = parse({"Statement": [allow, *deny]})
    reached = ask(Session(ALICE, Kind.NO_MFA), PROBE, Policies((Policy("p", document),)), now=NOW)
    assert reached.allowed == unknown(TOO_MANY)


def test_nothing_is_counted_without_a_meter() -> None:
    tick(5)
    with measured() as outer:
        tick(2)
        with measured() as inner:
            tick()
    assert (outer.steps, inner.steps) == (2, 1)
