"""The engine against the second implementation, on generated policies and requests.

IAMGEN_POLICY_EXAMPLES=21000 tries a million.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Caller, Request
from policy import generated as g
from policy.oracle import allowed
from policy.question import Question

SEEDS = st.integers(0, 2**32)
QUICK = settings(max_examples=g.EXAMPLES, deadline=None, suppress_health_check=g.CHECKS)


def named(documents: Iterable[Any]) -> tuple[Policy, ...]:
    """Documents with a number as name."""
    return tuple(Policy(str(index), parse(document)) for index, document in enumerate(documents))


def policies(asked: Question) -> Policies:
    """What the engine takes for the same question."""
    return Policies(
        identity=named(asked.identity),
        boundary=None if asked.boundary is None else Policy("boundary", parse(asked.boundary)),
        scps=tuple(named(level) for level in asked.scps),
        trust=None if asked.trust is None else Policy("trust", parse(asked.trust, "trust")),
        own_account=asked.own_account,
    )


def request(asked: Question) -> Request:
    """The request of a question."""
    arns = (asked.role, g.SESSION) if asked.role else (asked.user,)
    caller = Caller("AWS", asked.account, arns, is_role=asked.role != "")
    return Request(asked.action, asked.resource, {key: tuple(held) for key, held in asked.context.items()}, caller)


def contexts(chance: random.Random) -> dict[str, list[str]]:
    """A value for some of the keys, several for a few."""
    found = {}
    for key, values in g.VALUES.items():
        count = chance.choice((0, 1, 1, 1, 2))
        if count:
            found[key.lower()] = chance.sample(values, count)
    return found


def asks(seed: int, base: dict[str, Any]) -> Iterator[Question]:
    """Some requests under the same policies."""
    chance = g.chance(seed)
    for _ in range(g.REQUESTS):
        trusted = base["trust"] is not None
        who: dict[str, Any] = {"role": g.ROLE} if chance.random() < 0.3 else {"user": g.USER}
        action = "sts:AssumeRole" if trusted and chance.random() < 0.9 else chance.choice(g.ACTIONS)
        resource = g.ROLE if trusted else chance.choice(g.RESOURCES)
        yield Question(action, resource, contexts(chance), account=g.ACCOUNT, **base, **who)


@QUICK
@given(g.IDENTITY, g.BOUNDARY, g.SCPS, g.TRUST, st.booleans(), SEEDS)
def test_decisions(
    identity: list[Any], boundary: Any, scps: list[list[Any]], trust: Any, own_account: bool, seed: int
) -> None:
    base = {"identity": identity, "boundary": boundary, "scps": scps, "trust": trust, "own_account": own_account}
    read: Policies | None = None
    for asked in asks(seed, base):
        read = read or policies(asked)
        answer = decide(request(asked), read)
        if answer.is_unknown:
            assert doubtful(asked), asked
        else:
            assert readings(asked) == {answer.is_yes}, asked


def readings(asked: Question) -> set[bool]:
    """The answers, by either reading of what AWS leaves open."""
    return {allowed(replace(asked, doubt=doubt)) for doubt in (False, True)}


def doubtful(asked: Question) -> bool:
    """Whether AWS leaves open what decides."""
    readings(asked)
    return asked.doubts != []
