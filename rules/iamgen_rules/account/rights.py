"""What one session can do by itself: `power`, `full`, and the ways to change somebody's policies."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call, Keys, Target
from iamgen_rules.account.facts import ATTACH, JOIN, OPEN, PROBE, PUT, REWRITE, TAKEOVER
from iamgen_rules.account.hands import Hands, May, World, either
from iamgen_rules.account.index import Edits, Index
from iamgen_rules.account.model import Ref
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import administrator_policy, declared, made_up, probe
from iamgen_rules.policy.keys import POLICY_ARN


def power(asker: Asker, session: Session, edits: Edits) -> May:
    """Whether a made-up action on a made-up resource is allowed."""
    call = Call(session, PROBE, Target(probe(asker.index), declared=False))
    return asker.ask(call, edits).allowed, (call,)


def full(asker: Asker, session: Session, edits: Edits) -> May:
    """Whether that, and at least one escalation, are allowed."""
    truth, calls = power(asker, session, edits)
    if truth.is_no:
        return truth, calls
    more, made = either(_escalations(asker, session, edits))
    return truth & more, calls + made


def _escalations(asker: Asker, session: Session, edits: Edits) -> Iterator[May]:
    """Escalations on the session's own principal or on a name that nobody declares."""
    hands = Hands(asker, World(frozenset({session}), edits))
    for kind, actions in _on_undeclared(session):
        for action in actions:
            if hands.ever(action):
                yield hands.may(action, made_up(asker, session, (action,), kind, edits))
    yield grants(hands, session.ref)


def _on_undeclared(session: Session) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "role", (ATTACH["role"], PUT["role"], OPEN)
    yield "user", TAKEOVER
    yield "policy", REWRITE
    if session.ref.kind == "user":
        yield "group", (JOIN,)


def grants(hands: Hands, ref: Ref) -> May:
    """Whether the attacker may give Allow `*` to a principal: on itself, on its groups, by a policy bound to it."""
    return either(_grants(hands, ref))


def _grants(hands: Hands, ref: Ref) -> Iterator[May]:
    index, edits = hands.asker.index, hands.world.edits
    holders = [ref]
    if ref.kind == "user":
        holders += [Ref("group", group) for group, missing in index.memberships(ref.name, edits) if not missing]
    for holder in holders:
        if hands.ever(PUT[holder.kind]):
            yield hands.may(PUT[holder.kind], [declared(index, holder)])
        if hands.ever(ATTACH[holder.kind]):
            yield attach(hands, holder)
    yield _rewrites(hands, ref)


def _rewrites(hands: Hands, ref: Ref) -> May:
    """A new default version of a customer policy that is bound to the principal."""
    actions = [action for action in REWRITE if hands.ever(action)]
    if not actions:
        return either(())
    bound = hands.asker.index.bindings(ref, hands.world.edits)
    arns = [one.name for one in bound if one.how == "attached" and not one.missing]
    return either(rewrite(hands, arn) for arn in arns)


def rewrite(hands: Hands, arn: str) -> May:
    """Whether the attacker may write a managed policy; AWS's own nobody can."""
    if hands.asker.index.policy(arn).aws or arn.split(":")[4:5] == ["aws"]:
        return either(())
    return either(hands.may(action, [Target(arn)]) for action in REWRITE)


def attach(hands: Hands, holder: Ref) -> May:
    """Whether an administrator policy, or one that the attacker may write, can be attached."""
    index = hands.asker.index
    first = hands.may(ATTACH[holder.kind], [_attached(index, holder, administrator_policy(index))])
    if first[0].is_yes or not _chooses_policy(hands, ATTACH[holder.kind]):
        return first
    return either((first, *_attach_own(hands, holder)))


def _attach_own(hands: Hands, holder: Ref) -> Iterator[May]:
    index = hands.asker.index
    for arn in sorted(index.policies):
        written, calls = rewrite(hands, arn)
        if not written.is_no:
            truth, made = hands.may(ATTACH[holder.kind], [_attached(index, holder, arn)])
            yield truth & written, calls + made


def _attached(index: Index, holder: Ref, arn: str) -> Target:
    keys: Keys = ((POLICY_ARN, (arn,)),)
    return declared(index, holder, keys)


def _chooses_policy(hands: Hands, action: str) -> bool:
    """Whether it may matter which policy is attached."""
    return hands.ever(action) and any(hands.ever(one) for one in REWRITE)
