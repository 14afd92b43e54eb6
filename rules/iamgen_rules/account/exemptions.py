"""Which exemptions of a gate are live: facts for the rules, no verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import ACCOUNT, Ref
from iamgen_rules.account.session import WITHOUT_MFA, Session
from iamgen_rules.account.targets import declared, made_up
from iamgen_rules.account.verdict import Judge
from iamgen_rules.policy.escalation import target_types, weakening_exemptions
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.truth import Truth

LOW = frozenset({"iam:ChangePassword", "iam:DeleteVirtualMFADevice"})


@dataclass(frozen=True, slots=True)
class Exemption:
    """A weakening action that a principal may take without MFA: in which session, and on what."""

    action: str
    severity: str
    session: Session
    resource: str
    allowed: Truth


def live(judge: Judge, ref: Ref) -> tuple[Exemption, ...]:
    """The weakening actions that something allows a user without MFA, on itself or on a name of its choice."""
    return tuple(_live(judge, ref))


def _live(judge: Judge, ref: Ref) -> Iterator[Exemption]:
    for action in weakening_exemptions():
        best = max(_tried(judge, ref, action), key=lambda one: one.allowed.level, default=None)
        if best is not None and not best.allowed.is_no:
            yield best


def _tried(judge: Judge, ref: Ref, action: str) -> Iterator[Exemption]:
    for kind in WITHOUT_MFA:
        for target in _targets(judge, ref, kind, action) if ":" in action and "*" not in action else ():
            session = Session(ref, kind)
            allowed = judge.asker.allowed(Call(session, action, target), NO_EDITS)
            yield Exemption(action, "low" if action in LOW else "high", session, target.resource, allowed)


def _targets(judge: Judge, ref: Ref, kind: Kind, action: str) -> Iterator[Target]:
    if target_types(action)[0] == "user":
        yield declared(judge.index, ref)
    for type_ in target_types(action):
        if action.startswith("iam:") or type_ == "role":
            yield from made_up(judge.asker, Session(ref, kind), (action,), type_, NO_EDITS)
        else:
            yield Target(f"arn:{judge.account.partition}:sts::{ACCOUNT}:{type_}/{MADE_UP}", declared=False)
