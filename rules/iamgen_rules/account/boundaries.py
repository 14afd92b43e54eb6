"""What a boundary leaves to somebody new who is given all rights."""

from __future__ import annotations

from typing import Literal

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.binding import EVERYTHING
from iamgen_rules.account.facts import ATTACH, PROBE
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.account.session import WITHOUT_MFA
from iamgen_rules.account.targets import administrator_policy, probe, undeclared
from iamgen_rules.policy.ask import directly
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.keys import POLICY_ARN
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.truth import YES, Truth, all_of, any_of


def rights_inside(asker: Asker, kind: Literal["user", "role"], boundary: str) -> Truth:
    """Whether Allow `*` inside a boundary (an ARN, or none) is full rights without MFA."""
    if not boundary:
        return YES
    index = asker.index
    somebody = Identity(kind, MADE_UP, ACCOUNT, partition=index.account.partition, free_tags=True, free_name=True)
    policies = Policies((Policy("everything", EVERYTHING),), Policy(boundary, index.policy(boundary).document))
    sessions = [Session(somebody, one) for one in ((Kind.ROLE,) if kind == "role" else WITHOUT_MFA)]
    administrator = {POLICY_ARN: ((administrator_policy(index),),)}
    calls = (
        Call(PROBE, Target(probe(index))),
        Call(ATTACH["role"], Target(undeclared(index, "role")), administrator),
    )
    return any_of(
        all_of(directly(session, call, policies, now=asker.now).allowed for call in calls) for session in sessions
    )
