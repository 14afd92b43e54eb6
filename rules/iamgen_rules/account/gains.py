"""What the attacker can gain without taking a Deny away: sessions, rights, labels. None of it ever hurts."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.ask import Target
from iamgen_rules.account.facts import ASSUME, ATTACH, FEDERATE, JOIN, OPEN, PUT, RELABEL, REWRITE, UPDATE_SAML
from iamgen_rules.account.hands import Hands, May, Move, either
from iamgen_rules.account.index import Edit
from iamgen_rules.account.model import ACCOUNT, Ref, Role
from iamgen_rules.account.rights import grants
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import declared, made_up, samples


def federated(hands: Hands) -> Iterator[Move]:
    """The federated session of a held access key."""
    for session in hands.sessions:
        if session.kind == "access-key" and hands.ever(FEDERATE):
            own = hands.alone(session)
            truth, calls = own.may(FEDERATE, _federated_names(own, session))
            yield Move(f"a federated session of {session.ref}", truth, calls, (Session(session.ref, "federated"),))


def _federated_names(hands: Hands, session: Session) -> Iterator[Target]:
    start = f"arn:{hands.asker.index.account.partition}:sts::{ACCOUNT}:"
    yield Target(f"{start}federated-user/{session.ref.name}")
    for sample in samples(hands.asker, session, FEDERATE, hands.world.edits):
        last = sample.split(":", 5)[-1]
        if last.startswith("federated-user/"):
            yield Target(start + last)


def labels(hands: Hands) -> Iterator[Move]:
    """New tags or a new name for a held user, where a policy reads them."""
    if not hands.asker.index.labels_matter:
        return
    for ref in held_users(hands):
        edit = Edit("label", ref)
        if edit not in hands.world.edits:
            truth, calls = either(hands.may(action, [declared(hands.asker.index, ref)]) for action in RELABEL)
            yield Move(f"relabel {ref}", truth, calls, edits=(edit,))


def allows(hands: Hands) -> Iterator[Move]:
    """Allow `*` for a held user or role."""
    for ref in sorted({session.ref for session in hands.sessions}):
        edit = Edit("grant", ref)
        if edit not in hands.world.edits:
            truth, calls = grants(hands, ref)
            yield Move(f"allow everything for {ref}", truth, calls, edits=(edit,))


def entered(hands: Hands, session: Session, *, surely: bool) -> Iterator[Move]:
    """Roles whose trust and the caller's rights let a held session in; not those that are known to be of no use."""
    asker, edits = hands.asker, hands.world.edits
    if asker.ever(session, ASSUME, edits):
        barren = asker.index.barren if not _rewrites_roles(hands) else set[tuple[Ref, str, bool]]()
        for role in asker.index.enterable(session.ref, edits):
            entered_as = Session(Ref("role", role.name), "role" if session.without_mfa else "role-mfa")
            if (*entered_as, surely) not in barren and entered_as not in hands.world.held:
                truth, calls = hands.alone(session).may(ASSUME, [role_target(hands, role)])
                yield Move(f"enter role {role.name}", truth, calls, (entered_as,))


def _rewrites_roles(hands: Hands) -> bool:
    """Whether a role that has no rights may be given some."""
    return any(hands.ever(action) for action in (ATTACH["role"], PUT["role"], *REWRITE))


def role_target(hands: Hands, role: Role) -> Target:
    """A role to enter, its trust included."""
    target = declared(hands.asker.index, Ref("role", role.name))
    return Target(target.resource, target.keys, role=role.name)


def opened(hands: Hands) -> Iterator[Move]:
    """Roles whose trust the attacker may rewrite, or whose SAML provider."""
    if hands.ever(OPEN):
        for role in hands.asker.index.distinct_roles:
            truth, calls = hands.may(OPEN, [declared(hands.asker.index, Ref("role", role.name))])
            yield Move(f"open role {role.name}", truth, calls, _sessions_of(role))
    if hands.ever(UPDATE_SAML):
        for role, provider in hands.asker.index.saml:
            truth, calls = hands.may(UPDATE_SAML, [Target(provider)])
            yield Move(f"enter role {role.name} by its SAML provider", truth, calls, _sessions_of(role))


def _sessions_of(role: Role) -> tuple[Session, ...]:
    return (Session(Ref("role", role.name), "role"),)


def undeclared(hands: Hands) -> Iterator[Move]:
    """Escalating actions on names that nobody declares.

    A group counts as an administrators' group, a role as enterable, a policy as bound to the caller.
    """
    for ref in sorted({session.ref for session in hands.sessions}):
        edit = Edit("grant", ref)
        if edit not in hands.world.edits:
            ways = [("group", JOIN)] if ref.kind == "user" else []
            for kind, action in (*ways, *(("policy", action) for action in REWRITE)):
                truth, calls = _made_up(hands, action, kind)
                yield Move(f"rights for {ref} through an undeclared {kind}", truth, calls, edits=(edit,))
    for action in (ATTACH["role"], PUT["role"], OPEN):
        truth, calls = _made_up(hands, action, "role")
        yield Move("rights through an undeclared role", truth, calls, ends=True)


def undeclared_users(hands: Hands, actions: tuple[str, ...]) -> Iterator[Move]:
    """The takeover of a user whom nobody declares."""
    for action in actions:
        truth, calls = _made_up(hands, action, "user")
        yield Move("take over an undeclared user", truth, calls, ends=True)


def _made_up(hands: Hands, action: str, kind: str) -> May:
    if not hands.ever(action):
        return either(())
    edits = hands.world.edits
    targets = {target for one in hands.sessions for target in made_up(hands.asker, one, (action,), kind, edits)}
    return hands.may(action, sorted(targets, key=lambda target: target.resource))


def joins(hands: Hands) -> Iterator[Move]:
    """Groups that a held user may be put into; `index.denies` says which of them bring a Deny."""
    if not hands.ever(JOIN):
        return
    for ref in held_users(hands):
        inside = {group for group, missing in hands.asker.index.memberships(ref.name, hands.world.edits) if not missing}
        for group in hands.asker.index.distinct_groups:
            edit = Edit("join", ref, group.name)
            if group.name not in inside and Edit("leave", ref, group.name) not in hands.world.edits:
                truth, calls = hands.may(JOIN, [declared(hands.asker.index, Ref("group", group.name))])
                yield Move(f"put {ref} into group {group.name}", truth, calls, edits=(edit,))


def held_users(hands: Hands) -> list[Ref]:
    """The users of whom a session is held."""
    return sorted({session.ref for session in hands.sessions if session.ref.kind == "user"})
