"""What one session can do by itself: `power`, `full`, and the ways to change somebody's policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.facts import ATTACH, JOIN, OPEN, PROBE, PUT, REWRITE, TAKEOVER
from iamgen_rules.account.hands import Hands, May, World, either, together
from iamgen_rules.account.index import Edits
from iamgen_rules.account.model import NONE, Ref
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import declared, made_up, probe
from iamgen_rules.policy.keys import POLICY_ARN
from iamgen_rules.policy.truth import unknown


def power(asker: Asker, session: Session, edits: Edits) -> May:
    """Whether a made-up action on a made-up resource is allowed."""
    call = Call(session, PROBE, Target(probe(asker.index), declared=False))
    return asker.allowed(call, edits), (call,)


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
    for kind, actions in _kinds(session):
        for action in actions:
            yield on_undeclared(hands, action, kind)
    yield grants(hands, session.ref)


def on_undeclared(hands: Hands, action: str, kind: str) -> May:
    """Whether an escalating action may be called on something of a kind that nobody declares."""
    if not hands.ever(action):
        return either(())
    asker, edits = hands.asker, hands.world.edits
    found = {target for one in hands.able(action) for target in made_up(asker, one, (action,), kind, edits)}
    targets = sorted(found, key=lambda target: target.resource)
    if action not in ATTACH.values():
        return hands.may(action, targets)
    return choosing(hands, action, lambda arn: [replace(target, keys=((POLICY_ARN, (arn,)),)) for target in targets])


def _kinds(session: Session) -> Iterator[tuple[str, tuple[str, ...]]]:
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
    holders = [(ref, NONE)]
    if ref.kind == "user":
        holders += [(Ref("group", group), missing) for group, missing in index.memberships(ref.name, edits)]
    for holder, missing in holders:
        if hands.ever(PUT[holder.kind]):
            yield _if_there(missing, hands.may(PUT[holder.kind], [declared(index, holder)]))
        if hands.ever(ATTACH[holder.kind]):
            yield _if_there(missing, attach(hands, holder))
    yield _rewrites(hands, ref)


def _if_there(missing: frozenset[str], may: May) -> May:
    """What is worth something only where a membership or an attachment is there."""
    return (may[0] & unknown(*missing), may[1]) if missing and not may[0].is_no else may


def _rewrites(hands: Hands, ref: Ref) -> May:
    """A new default version of a customer policy that is bound to the principal."""
    actions = [action for action in REWRITE if hands.ever(action)]
    if not actions:
        return either(())
    bound = hands.asker.index.bindings(ref, hands.world.edits)
    return either(_if_there(one.missing, rewrite(hands, one.name)) for one in bound if one.how == "attached")


def rewrite(hands: Hands, arn: str) -> May:
    """Whether the attacker may write a managed policy; AWS's own nobody can."""
    if hands.asker.index.policy(arn).aws or arn.split(":")[4:5] == ["aws"]:
        return either(())
    return either(hands.may(action, [Target(arn)]) for action in REWRITE)


def attach(hands: Hands, holder: Ref) -> May:
    """Whether an administrator policy, or one that the attacker may write, can be attached."""
    index = hands.asker.index
    return choosing(hands, ATTACH[holder.kind], lambda arn: [declared(index, holder, ((POLICY_ARN, (arn,)),))])


def choosing(hands: Hands, action: str, targets: Callable[[str], list[Target]]) -> May:
    """The call with the policy that suits best: an administrator policy, or one that the attacker may write."""
    index = hands.asker.index
    first = hands.may(action, [target for arn in index.administrator_policies for target in targets(arn)])
    if first[0].is_yes or not any(hands.ever(one) for one in REWRITE):
        return first
    return either((first, *(_written(hands, action, arn, targets(arn)) for arn in sorted(index.policies))))


def _written(hands: Hands, action: str, arn: str, targets: list[Target]) -> May:
    return together((rewrite(hands, arn), hands.may(action, targets)))
