"""Somebody new who is given all rights inside a boundary: what is left of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.binding import EVERYTHING
from iamgen_rules.account.facts import ATTACH, PROBE
from iamgen_rules.account.index import Index
from iamgen_rules.account.model import ACCOUNT, Attachment, Inline, Ref, Role, User
from iamgen_rules.account.session import OF_ROLE, WITHOUT_MFA
from iamgen_rules.account.targets import administrator_policy, probe, undeclared
from iamgen_rules.policy.ask import directly
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.keys import POLICY_ARN
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.truth import YES, Truth, all_of, any_of

MADE: Mapping[str, tuple[Kind, ...]] = {"user": WITHOUT_MFA, "role": OF_ROLE}


def made_inside(index: Index, kind: Literal["user", "role"], boundary: str) -> Ref:
    """Somebody new with all rights inside a boundary (an ARN), whom the attacker has made."""
    ref = Ref(kind, f"made-inside-{boundary.rpartition('/')[2]}")
    inline, bound = (Inline("everything", EVERYTHING),), Attachment(boundary)
    if kind == "user":
        index.users.setdefault(ref.name, User(ref.name, inline=inline, boundary=bound))
    else:
        index.roles.setdefault(ref.name, Role(ref.name, Document(), inline=inline, boundary=bound))
    return ref


def rights_inside(asker: Asker, kind: Literal["user", "role"], boundary: str) -> Truth:
    """Whether Allow `*` inside a boundary (an ARN, or none) is full rights, for a user without MFA.

    A role is entered from the attacker's own account, where it may have MFA.
    """
    if not boundary:
        return YES
    index = asker.index
    somebody = Identity(kind, MADE_UP, ACCOUNT, partition=index.account.partition, free_tags=True, free_name=True)
    policies = Policies((Policy("everything", EVERYTHING),), Policy(boundary, index.policy(boundary).document))
    sessions = [Session(somebody, one) for one in MADE[kind]]
    administrator = {POLICY_ARN: ((administrator_policy(index),),)}
    calls = (
        Call(PROBE, Target(probe(index))),
        Call(ATTACH["role"], Target(undeclared(index, "role")), administrator),
    )
    return any_of(
        all_of(directly(session, call, policies, now=asker.now).allowed for call in calls) for session in sessions
    )
