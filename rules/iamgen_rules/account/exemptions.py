"""Which exemptions of a gate are live: facts for the rules, no verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.index import Edits
from iamgen_rules.account.model import ACCOUNT, Ref
from iamgen_rules.account.proof import Step, step
from iamgen_rules.account.session import WITHOUT_MFA, Session
from iamgen_rules.account.targets import declared, made_up, to_enter
from iamgen_rules.account.verdict import Judge, judged_as
from iamgen_rules.policy.escalation import target_types, ungating, weakening_exemptions

LOW = frozenset({"iam:ChangePassword", "iam:DeleteVirtualMFADevice"})
# They take credentials away, and give nobody any.
HARMLESS = frozenset({"iam:DeleteLoginProfile", "iam:DeleteAccessKey"})


@dataclass(frozen=True, slots=True)
class Exemption:
    """A weakening action that a principal may take without MFA; the step says in which session, on what, and why."""

    action: str
    severity: Literal["high", "low"]
    step: Step


def live(judge: Judge, ref: Ref) -> tuple[Exemption, ...]:
    """The weakening actions that something allows a user, or a group's fresh member, without MFA, on whatever it is."""
    return tuple(_live(judge, ref))


def _live(judge: Judge, ref: Ref) -> Iterator[Exemption]:
    subject, edits = judged_as(judge.index, ref)
    for action in _actions():
        calls = [call for kind in WITHOUT_MFA for call in _calls(judge, Session(subject, kind), action, edits)]
        best = max(calls, key=lambda call: judge.asker.allowed(call, edits).level, default=None)
        if best is not None and not judge.asker.allowed(best, edits).is_no:
            severity: Literal["high", "low"] = "low" if action in LOW else "high"
            yield Exemption(action, severity, step(judge.asker, f"call {action}", best, edits))


def _actions() -> Iterator[str]:
    """The weakening actions, and whatever relabels; what a wildcard exempts are actions as well."""
    for action in dict.fromkeys((*weakening_exemptions(), *ungating()["relabel"])):
        if "*" not in action and action not in HARMLESS:
            yield action


def _calls(judge: Judge, session: Session, action: str, edits: Edits) -> Iterator[Call]:
    if judge.asker.ever(session, action, edits):
        yield from (Call(session, action, target) for target in _targets(judge, session, action, edits))


def _targets(judge: Judge, session: Session, action: str, edits: Edits) -> Iterator[Target]:
    index, asker = judge.index, judge.asker
    if action == ASSUME:
        yield from (to_enter(index, role.name) for role in index.distinct_roles)
    for type_ in target_types(action):
        if type_ == "user":
            yield declared(index, session.ref)
            yield from (declared(index, Ref("user", user.name)) for user in index.distinct_users)
        if type_ in _SHAPES:
            shape = _SHAPES[type_].format(index.account.partition)
            yield from (Target(arn, declared=False) for arn in asker.suiting(shape, session, action, edits))
        else:
            yield from made_up(asker, session, (action,), type_, edits)


_SHAPES = {"root-user": "arn:{}:iam::*:root", "federated-user": f"arn:{{}}:sts::{ACCOUNT}:federated-user/*"}
