"""The question of everything else here: may this session make this call? With the request that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from iamgen_rules.policy.decision import Decision, Policies, explain
from iamgen_rules.policy.identity import Call, Target
from iamgen_rules.policy.keys import PRESENT
from iamgen_rules.policy.mentions import mentions
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.search import possible
from iamgen_rules.policy.session import Session, choices, is_free, policies_for, refused, requests
from iamgen_rules.policy.targets import made_up
from iamgen_rules.policy.truth import NO, Truth

FORWARDING = (
    ("cloudformation:CreateStack",),
    ("cloudformation:UpdateStack",),
    ("cloudformation:CreateResource",),
    ("cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
)
_WITHOUT_RESOURCE = frozenset({"cloudformation:CreateResource"})


@dataclass(frozen=True, slots=True)
class Reached:
    """The best answer, and the session and request that reach it.

    `by` has the calls that let CloudFormation make this one, where it does. `decisions` counts what was tried.
    """

    allowed: Truth
    session: Session
    request: Request
    policies: Policies
    decisions: int
    by: tuple[Reached, ...] = ()

    def decision(self) -> Decision:
        """The statements that allow and deny the request."""
        return explain(self.request, self.policies)


def directly(session: Session, call: Call, policies: Policies, *, now: datetime) -> Reached:
    """Whether some request of the session that makes this call is allowed; a YES in any variant counts."""
    bearing = policies_for(call, policies)
    tells_variants_apart = bool(mentions(bearing).keys() & {PRESENT})
    best: Reached | None = None
    decisions = 0
    for request in requests(session, call, now):
        answer = possible(
            request,
            bearing,
            lambda key: is_free(key, session, call),
            lambda read: choices(session, call, read),
        )
        decisions += answer.decisions
        allowed = NO if refused(session, call) else answer.allowed
        if best is None or allowed.level > best.allowed.level:
            best = Reached(allowed, session, answer.request, bearing, decisions)
        if allowed.is_yes or not tells_variants_apart:
            break
    if best is None:
        raise ValueError(f"session {session.name} has no variant")
    return replace(best, decisions=decisions)


def ask(
    session: Session,
    call: Call,
    policies: Policies,
    *,
    now: datetime,
    by: Callable[[], tuple[Reached, ...]] | None = None,
) -> Reached:
    """The same, or by way of CloudFormation where the session may have it make calls: the better of both.

    `by` answers `forwarding`, for callers that remember it, or whose `policies` are only those about this call.
    """
    direct = directly(session, call, policies, now=now)
    if (
        direct.allowed.is_yes
        or session.forwarded
        or not mentions(direct.policies).keys() & session.changed_by_forwarding
    ):
        return direct
    through = directly(replace(session, forwarded=True), call, policies, now=now)
    if through.allowed.level <= direct.allowed.level:
        return direct
    steps = forwarding(session, policies, now=now) if by is None else by()
    allowed = through.allowed
    for step in steps:
        allowed &= step.allowed
    return replace(through, allowed=allowed, by=steps) if allowed.level > direct.allowed.level else direct


def forwarding(session: Session, policies: Policies, *, now: datetime) -> tuple[Reached, ...]:
    """The calls by which the session has CloudFormation make calls for it: the best of the ways that there are."""
    ways = [tuple(_on_a_stack(session, action, policies, now) for action in actions) for actions in FORWARDING]
    return max(ways, key=lambda steps: min(step.allowed.level for step in steps))


def _on_a_stack(session: Session, action: str, policies: Policies, now: datetime) -> Reached:
    """On the stack that suits best, since the caller chooses its name."""
    like = next(requests(session, Call(action, Target("*", tags={})), now))
    found = [
        directly(session, Call(action, Target(stack, tags={})), policies, now=now)
        for stack in _stacks(session, action, policies, like)
    ]
    return max(found, key=lambda reached: reached.allowed.level)


def _stacks(session: Session, action: str, policies: Policies, like: Request) -> tuple[str, ...]:
    if action in _WITHOUT_RESOURCE:
        return ("*",)
    identity = session.identity
    shape = f"arn:{identity.partition}:cloudformation:*:{identity.account}:stack/*/*"
    return made_up(shape, action, policies, like=like)
