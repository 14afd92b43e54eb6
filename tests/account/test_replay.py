"""Every proof of the corpus can be replayed: from a key or a password alone, call by call, to the goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from account.account_build import NOW, account, cases
from account.replay import Replay
from account.replay_world import World
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.model import Account, Ref
from iamgen_rules.account.proof import FORWARDED, Step, proof
from iamgen_rules.account.reach import TOO_MANY, perhaps, surely
from iamgen_rules.account.session import OF_ROLE, WITHOUT_MFA
from iamgen_rules.account.trace import Trace
from iamgen_rules.account.verdict import Judge, Judgement, fresh_member
from iamgen_rules.policy.escalation import outside_the_gate
from iamgen_rules.policy.session import Kind

CASES = [pytest.param(case, id=name) for name, case in cases()]
ON_ITSELF = {f"iam:{verb}{kind}Policy" for verb in ("Attach", "Put") for kind in ("User", "Group", "Role")}
TAKEOVER = {"iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"}
REWRITE = {"iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"}
ESCALATION = ON_ITSELF | TAKEOVER | REWRITE | {"iam:UpdateAssumeRolePolicy", "iam:AddUserToGroup"}
ON_AN_UNDECLARED_ROLE = {"iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"}


def proofs(found: Mapping[Ref, Judgement]) -> Iterator[tuple[Judgement, str, Trace]]:
    """Of everybody who is an administrator: the way with MFA or without, and the one without."""
    for judgement in found.values():
        for name in ("way", "open"):
            trace: Trace | None = getattr(judgement, name)
            if trace is not None and TOO_MANY not in trace.truth.missing:
                yield judgement, name, trace


def everybody(raw: Account) -> Account:
    """The account, with the fresh members as which groups are judged."""
    return replace(raw, users=(*raw.users, *(fresh_member(group) for group in raw.groups)))


def replayed(raw: Account, trace: Trace, steps: tuple[Step, ...]) -> tuple[Replay, list[Step]]:
    start = trace.worlds[0]
    replay = Replay(World(everybody(raw), set(start.held), set(start.edits)))
    return replay, replay.all(steps, surely if trace.truth.is_yes else perhaps)


def at_the_goal(judgement: Judgement, name: str, replay: Replay, last: list[Step]) -> bool:
    """Whether the last calls show full rights, power where that is enough, or somebody outside the gate."""
    last = [step for step in last if step.what != FORWARDED]
    actions = {step.action for step in last}
    if "zz:Probe" not in actions:
        undeclared = replay.world.named(last[-1].resource) is None
        made = any(set(one) <= actions for one in outside_the_gate())
        return undeclared and (made or bool(actions & (ON_AN_UNDECLARED_ROLE | TAKEOVER)))
    assert len({step.session for step in last}) == 1
    if name == "open" and (judgement.bare or judgement.verdict in ("not-admin", "gated")):
        return actions == {"zz:Probe"} and last[0].session.kind in (*WITHOUT_MFA, Kind.FEDERATED)
    return bool(actions & ESCALATION)


@pytest.mark.parametrize("case", CASES)
def test_a_proof_is_complete_and_no_step_is_idle(case: Mapping[str, Any]) -> None:
    raw = account(case["account"])
    judge = Judge(raw, NOW)
    for judgement, name, trace in proofs(judged_by(judge)):
        starts_as_it_may(judgement, name, trace)
        steps = proof(judge, trace)
        replay, last = replayed(raw, trace, steps)
        assert at_the_goal(judgement, name, replay, last)
        none_is_idle(judgement, name, raw, trace, steps)
        if judgement.verdict == "undecided" and (name == "open" or judgement.open is None):
            assert {one for step in steps for one in step.allowed.missing} <= judgement.unknowns


def starts_as_it_may(judgement: Judgement, name: str, trace: Trace) -> None:
    """Without MFA: with the principal's own key and password, and nothing else."""
    held = trace.worlds[0].held
    assert len({session.ref for session in held}) == 1
    kinds = {session.kind for session in held}
    if name == "open":
        assert kinds == set(WITHOUT_MFA)
    elif judgement.ref.kind == "role":
        assert kinds <= set(OF_ROLE)
    elif judgement.verdict == "gated":
        assert kinds == {Kind.MFA}


def none_is_idle(judgement: Judgement, name: str, raw: Account, trace: Trace, steps: tuple[Step, ...]) -> None:
    """Without any of the moves something that follows would not be allowed."""
    moves: list[list[Step]] = [[]]
    for step in steps:
        moves[-1].append(step)
        if step.edits or step.brings:
            moves.append([])
    for left_out in moves[:-1]:
        rest = tuple(step for move in moves if move is not left_out for step in move)
        edits = {edit for step in left_out for edit in step.edits}
        rest = tuple(replace(step, before=step.before - edits) for step in rest)
        try:
            replay, last = replayed(raw, trace, rest)
        except (AssertionError, StopIteration):
            continue
        assert not at_the_goal(judgement, name, replay, last), [step.what for step in left_out]
