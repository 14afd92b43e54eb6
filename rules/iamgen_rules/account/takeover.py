"""Sessions of other declared users, and principals made outside the gate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from iamgen_rules.account.boundaries import MADE, made_inside, rights_inside
from iamgen_rules.account.calls import Keys, Target
from iamgen_rules.account.facts import (
    ATTACH,
    CREATE_DEVICE,
    CREATE_KEY,
    CREATE_LOGIN,
    ENABLE_DEVICE,
    TAKEOVER,
    UPDATE_LOGIN,
    UPDATE_SAML,
)
from iamgen_rules.account.hands import Hands, May, Move, either, together
from iamgen_rules.account.index import Index
from iamgen_rules.account.model import Ref, User
from iamgen_rules.account.rights import choosing
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import administrator_policy, declared, made_up
from iamgen_rules.policy.escalation import outside_the_gate
from iamgen_rules.policy.keys import BOUNDARY, POLICY_ARN
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import YES


def taken_over(hands: Hands) -> Iterator[Move]:
    """Declared users whom the attacker can become."""
    if any(hands.ever(action) for action in TAKEOVER):
        for user in _users(hands, TAKEOVER):
            yield from _credentials(hands, user)
    if hands.ever(CREATE_DEVICE, ENABLE_DEVICE):
        for user in _users(hands, (ENABLE_DEVICE,)):
            yield from _device(hands, user)


def _users(hands: Hands, actions: tuple[str, ...]) -> Iterator[User]:
    """A few users of each kind, those that the attacker may name."""
    index = hands.asker.index
    for user in index.distinct_users:
        arn = index.arn(Ref("user", user.name))
        if any(hands.able_on(action, arn) for action in actions):
            yield user


def _credentials(hands: Hands, user: User) -> Iterator[Move]:
    ref = Ref("user", user.name)
    target = [declared(hands.asker.index, ref)]
    if Session(ref, Kind.ACCESS_KEY) not in hands.world.held:
        truth, calls = hands.may(CREATE_KEY, target)
        yield Move(f"make an access key of {ref}", truth, calls, (Session(ref, Kind.ACCESS_KEY),))
    if Session(ref, Kind.NO_MFA) not in hands.world.held:
        actions = (UPDATE_LOGIN,) if user.password else (UPDATE_LOGIN, CREATE_LOGIN)
        truth, calls = either(hands.may(action, target) for action in actions)
        yield Move(f"set the password of {ref}", truth, calls, (Session(ref, Kind.NO_MFA),))


def _device(hands: Hands, user: User) -> Iterator[Move]:
    """An MFA device of the attacker's own on a user whose credentials it has; the user's own sessions cannot add it."""
    ref = Ref("user", user.name)
    session = Session(ref, Kind.MFA)
    if session in hands.world.held:
        return
    key = Session(ref, Kind.ACCESS_KEY)
    held = key in hands.world.held
    credentials: May = (YES, ()) if held else hands.may(UPDATE_LOGIN, [declared(hands.asker.index, ref)])
    edits = hands.world.edits
    devices = {
        one for held in hands.able(CREATE_DEVICE) for one in made_up(hands.asker, held, (CREATE_DEVICE,), "mfa", edits)
    }
    truth, calls = together(
        (
            credentials,
            hands.may(CREATE_DEVICE, sorted(devices, key=lambda one: one.resource), but=ref),
            hands.may(ENABLE_DEVICE, [declared(hands.asker.index, ref)], but=ref),
        )
    )
    needs = (key,) if held else ()
    yield Move(f"enrol a device of the attacker's for {ref}", truth, calls, (session,), needs=needs)


def outside(hands: Hands) -> Iterator[Move]:
    """A new user or role, with rights and credentials, on which no gate is: without a boundary, or inside one."""
    for actions in outside_the_gate():
        if actions != (UPDATE_SAML,) and hands.ever(*actions):
            for boundary in _boundaries(hands.asker.index):
                yield _made(hands, actions, boundary)


def _made(hands: Hands, actions: tuple[str, ...], boundary: str) -> Move:
    asker, edits = hands.asker, hands.world.edits
    kind: Literal["user", "role"] = "role" if "iam:CreateRole" in actions else "user"
    able = sorted({session for action in actions for session in hands.able(action)})
    targets = {one.resource for held in able for one in made_up(asker, held, actions, kind, edits)}
    truth, calls = either(
        together(_on_new(hands, resource, one, boundary) for one in actions) for resource in sorted(targets)
    )
    inside = YES if truth.is_no else rights_inside(asker, kind, boundary)
    if not inside.is_no:
        return Move("make a principal outside the gate", truth & inside, calls, ends=True)
    made = made_inside(asker.index, kind, boundary)
    return Move("make a principal inside a boundary", truth, calls, tuple(Session(made, one) for one in MADE[kind]))


def _boundaries(index: Index) -> Iterator[str]:
    """The boundaries that a new principal may be given: none, or those by which policies tell new ones apart."""
    yield ""
    if index.mentioned.boundaries:
        literal = [value for value in index.mentioned.boundaries if not any(mark in value for mark in "*?$")]
        others = index.policies if len(literal) < len(index.mentioned.boundaries) else ()
        yield from sorted({administrator_policy(index), *literal, *others})


def _on_new(hands: Hands, resource: str, action: str, boundary: str) -> May:
    """Whether a call may be made on somebody new."""
    keys: Keys = ((BOUNDARY, (boundary,)),) if boundary else ()

    def targets(arn: str) -> list[Target]:
        return [Target(resource, (*keys, (POLICY_ARN, (arn,))), declared=False)]

    if action in ATTACH.values():
        return choosing(hands, action, targets)
    return hands.may(action, [Target(resource, keys, declared=False)])
