"""The engine against the outside judge: what it says is possible is allowed, and nothing else is.

IAMGEN_SIMULATIONS says how many generated requests are judged; 100,000 where it is not set.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import count

import pytest

from iamgen_rules.policy.ask import Reached, ask
from iamgen_rules.policy.decision import Policies, decide
from iamgen_rules.policy.principal import under_each_name
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import refused
from policy import generated as g
from policy.cases import NOW
from simulate import corpus, made
from simulate.differences import as_judged, as_told
from simulate.judge import Judge, Trial, started
from simulate.trials import FEWER, MOST, Asked, policies, principals, trials

SIMULATIONS = int(os.environ.get("IAMGEN_SIMULATIONS", "100000"))
PARTS = 4  # of the generated ones, for as many workers
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with started() as process:
        yield process


@pytest.mark.parametrize("part", range(PARTS))
def test_generated(part: int, judge: Judge, record_property: Record) -> None:
    """Until there are enough simulations."""
    before, said, seeds = judge.simulations, Counter[str](), count(part, PARTS)
    while judge.simulations - before < SIMULATIONS / PARTS:
        chance = g.chance(seed := next(seeds))
        make = made.assumptions if chance.random() < 0.3 else made.calls
        for asked in make(chance):
            said.update(agreed(asked, judge, seed))
    record_property("judged", f"{judge.simulations - before} simulations: {shown(said)}")
    assert min(said["yes"], said["no"]) > (said["yes"] + said["no"]) / 5


def test_decision_cases(judge: Judge, record_property: Record) -> None:
    """All that the judge can be told."""
    before, said = judge.simulations, Counter[str]()
    for seed, asked in enumerate(corpus.questions()):
        said.update(agreed(asked, judge, seed))
    record_property("judged", f"{judge.simulations - before} simulations: {shown(said)}")
    assert min(said["yes"], said["no"]) > 500


def shown(said: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in sorted(said.items()))


def agreed(asked: Asked, judge: Judge, seed: int) -> set[str]:
    """Yes or no, and the differences that were met; else it fails, with the seed of the question."""
    if refused(asked.session, asked.call):
        return {"refused by STS"}
    bearing = policies(asked.documents)
    reached = ask(asked.session, asked.call, bearing, now=NOW)
    assert not reached.allowed.is_unknown
    tried = list(trials(asked, NOW, g.chance(seed), FEWER if reached.allowed.is_yes else MOST))
    verdict = judge.judge(as_told(asked.documents), tried)
    assert verdict.errors == [], asked
    met = {"yes" if reached.allowed.is_yes else "no", *_replayed(reached, asked, judge)}
    for trial, allowed in zip(tried, verdict.allowed, strict=True):
        if reached.allowed.is_no and not allowed:
            continue
        decided = allows(trial.request, bearing)
        assert not (decided and reached.allowed.is_no), (seed, "the search missed", asked, trial)
        if decided != allowed:
            met |= _explained(trial.request, allowed, asked, seed)
    return met


def _replayed(reached: Reached, asked: Asked, judge: Judge) -> set[str]:
    """The named request, and those by which CloudFormation makes it, are allowed."""
    met: set[str] = set()
    for step in (reached, *reached.by) if reached.allowed.is_yes else ():
        documents = asked.documents if step is reached else replace(asked.documents, trust=None)
        trial = Trial(step.request, _principals(step.request, asked))
        (allowed,) = judge.judge(as_told(documents), [trial]).allowed
        if not allowed:
            met |= _explained(step.request, allowed, replace(asked, documents=documents), "the named request")
    return met


def _principals(request: Request, asked: Asked) -> list[str]:
    """Who makes the named request: of a role that assumes another, the session that was chosen."""
    if request.caller is not None and request.caller.is_role:
        return [str(request.caller.arns[-1])]
    return principals(asked.session, asked.documents)


def allows(request: Request, bearing: Policies) -> bool:
    """Whether the request is allowed, to a session of whatever name."""
    if bearing.trust is None or request.caller is None:
        return decide(request, bearing).is_yes
    callers = under_each_name(request.caller, bearing.trust.document)
    return any(decide(replace(request, caller=caller), bearing).is_yes for caller in callers)


def _explained(request: Request, allowed: bool, asked: Asked, where: object) -> set[str]:
    """The known differences that make the judge say so."""
    read, names = as_judged(asked.documents, request)
    if allows(request, policies(read)) != allowed:
        said = {"where": where, "the judge allows it": allowed, **asdict(asked.documents), **asdict(request)}
        pytest.fail(json.dumps(said, indent=1, default=str), pytrace=False)
    return set(names)
