"""What the attacker can gain without taking a Deny away: sessions, rights, labels. None of it ever hurts."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.doors import Door
from iamgen_rules.account.facts import ASSUME, ATTACH, FEDERATE, JOIN, OPEN, PUT, RENAME, REWRITE, TAG, UPDATE_SAML
from iamgen_rules.account.hands import Hands, Move, either, together
from iamgen_rules.account.index import Edit, Edits
from iamgen_rules.account.model import ACCOUNT, Ref, Role
from iamgen_rules.account.rights import grants, on_undeclared
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import declared, renamed, to_enter
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.text import missing_of
from iamgen_rules.policy.truth import Truth, unknown


def federated(hands: Hands) -> Iterator[Move]:
    """The federated session of a held access key."""
    for session in hands.sessions:
        if session.kind is Kind.ACCESS_KEY and hands.ever(FEDERATE):
            own = hands.alone(session)
            truth, calls = own.may(FEDERATE, _federated_names(own, session))
            yield Move(f"a federated session of {session.ref}", truth, calls, (Session(session.ref, Kind.FEDERATED),))


def _federated_names(hands: Hands, session: Session) -> Iterator[Target]:
    shape = f"arn:{hands.asker.index.account.partition}:sts::{ACCOUNT}:federated-user/*"
    return (Target(arn) for arn in hands.asker.suiting(shape, session, FEDERATE, hands.world.edits))


def labels(hands: Hands) -> Iterator[Move]:
    """New tags for users and roles, a new name or path for a held user, where a policy reads them."""
    index, edits = hands.asker.index, hands.world.edits
    for ref in _worth_tagging(hands):
        if Edit("tag", ref) not in edits:
            truth, calls = either(hands.may(action, [declared(index, ref)]) for action in TAG[ref.kind])
            yield Move(f"tag {ref}", truth, calls, edits=(Edit("tag", ref),))
    for ref in held_users(hands) if index.mentioned.names else ():
        if Edit("rename", ref) not in edits and hands.ever(RENAME):
            truth, calls = together(hands.may(RENAME, targets) for targets in _old_and_new(hands, ref))
            yield Move(f"rename {ref}", truth, calls, edits=(Edit("rename", ref),))


def _old_and_new(hands: Hands, ref: Ref) -> Iterator[list[Target]]:
    """The caller needs permission on both ("UpdateUser", IAM API Reference)."""
    asker, edits = hands.asker, hands.world.edits
    yield [declared(asker.index, ref)]
    yield [target for session in hands.able(RENAME) for target in renamed(asker, session, ref, RENAME, edits)]


def _worth_tagging(hands: Hands) -> list[Ref]:
    index = hands.asker.index
    found: set[Ref] = set()
    if index.mentioned.callers_tags:
        found |= {session.ref for session in hands.sessions}
    if index.mentioned.targets_tags:
        found |= {Ref("user", one.name) for one in index.distinct_users}
        found |= {Ref("role", one.name) for one in index.distinct_roles}
    return sorted(ref for ref in found if any(hands.ever(action) for action in TAG[ref.kind]))


def allows(hands: Hands) -> Iterator[Move]:
    """Allow `*` for a held user or role."""
    for ref in sorted({session.ref for session in hands.sessions}):
        edit = Edit("grant", ref)
        if edit not in hands.world.edits:
            truth, calls = grants(hands, ref)
            yield Move(f"allow everything for {ref}", truth, calls, edits=(edit,))


def doors(asker: Asker, session: Session, edits: Edits) -> tuple[Door, ...]:
    """Those that may conceivably be open to a session."""
    return asker.index.enterable(session.ref, edits) if asker.ever(session, ASSUME, edits) else ()


def opens(asker: Asker, session: Session, door: Door, edits: Edits) -> Truth:
    """Whether the trust of the roles behind a door and the caller's rights let a session in, and they are there."""
    name = door.roles[0].name
    truth = asker.allowed(Call(session, ASSUME, to_enter(asker.index, name)), edits)
    return truth if truth.is_no else truth & asker.index.there(Ref("role", name), session.ref)


def entered_as(session: Session) -> Kind:
    """The kind of session that a role's is which another session has entered."""
    return Kind.ROLE if session.without_mfa else Kind.ROLE_MFA


def through(asker: Asker, session: Session, door: Door, truth: Truth, *, all_roles: bool) -> Iterator[Move]:
    """The roles behind an open door; if not `all_roles`, without those that are known to be of no use."""
    for role in door.some:
        entered = Session(Ref("role", role.name), entered_as(session))
        if all_roles or entered not in asker.index.barren:
            call = Call(session, ASSUME, to_enter(asker.index, role.name))
            yield Move(f"enter role {role.name}", truth, (call,), (entered,))


def unchanged(edits: Edits) -> bool:
    """Whether all roles are still what they were."""
    return not any(edit.holder.kind == "role" or edit.change == "rewrite" for edit in edits)


def stay_unchanged(hands: Hands) -> bool:
    """Whether they are, and nobody may give one more rights: who was of no use stays so."""
    may_change = any(hands.ever(action) for action in (ATTACH["role"], PUT["role"], *REWRITE))
    return unchanged(hands.world.edits) and not may_change


def opened(hands: Hands) -> Iterator[Move]:
    """Roles whose trust the attacker may rewrite, or whose SAML provider.

    The trust may then name the attacker's own account, where it has MFA; a SAML provider says nothing of MFA.
    """
    if hands.ever(OPEN):
        for role in hands.asker.index.distinct_roles:
            truth, calls = hands.may(OPEN, [declared(hands.asker.index, Ref("role", role.name))])
            yield Move(f"open role {role.name}", truth, calls, _sessions_of(role, Kind.ROLE, Kind.ROLE_MFA))
    if hands.ever(UPDATE_SAML):
        for role, provider in hands.asker.index.saml:
            known = provider if isinstance(provider, str) else hands.asker.index.account.arn("saml-provider", MADE_UP)
            truth, calls = hands.may(UPDATE_SAML, [Target(known)])
            truth = truth & unknown(*missing_of(provider)) if missing_of(provider) and not truth.is_no else truth
            yield Move(f"enter role {role.name} by its SAML provider", truth, calls, _sessions_of(role, Kind.ROLE))


def _sessions_of(role: Role, *kinds: Kind) -> tuple[Session, ...]:
    return tuple(Session(Ref("role", role.name), kind) for kind in kinds)


def undeclared(hands: Hands) -> Iterator[Move]:
    """Escalating actions on names that nobody declares.

    A group counts as an administrators' group, a role as enterable, a policy as bound to the caller.
    """
    ways = [("group", on_undeclared(hands, JOIN, "group"))]
    ways += [("policy", on_undeclared(hands, action, "policy")) for action in REWRITE]
    for ref in sorted({session.ref for session in hands.sessions}):
        edit = Edit("grant", ref)
        for kind, (truth, calls) in ways if edit not in hands.world.edits else ():
            if kind != "group" or ref.kind == "user":
                yield Move(f"rights for {ref} through an undeclared {kind}", truth, calls, edits=(edit,))
    for action in (ATTACH["role"], PUT["role"], OPEN):
        truth, calls = on_undeclared(hands, action, "role")
        yield Move("rights through an undeclared role", truth, calls, ends=True)


def undeclared_users(hands: Hands, actions: tuple[str, ...]) -> Iterator[Move]:
    """The takeover of a user whom nobody declares."""
    for action in actions:
        truth, calls = on_undeclared(hands, action, "user")
        yield Move("take over an undeclared user", truth, calls, ends=True)


def joins(hands: Hands) -> Iterator[Move]:
    """Groups that a held user may be put into; `index.denies` says which of them bring a Deny."""
    if not hands.ever(JOIN):
        return
    for ref in held_users(hands):
        inside = {group for group, missing in hands.asker.index.memberships(ref.name, hands.world.edits) if not missing}
        for group in hands.asker.index.distinct_groups:
            edit = Edit("join", ref, group.name)
            if group.name not in inside:
                truth, calls = hands.may(JOIN, [declared(hands.asker.index, Ref("group", group.name))])
                yield Move(f"put {ref} into group {group.name}", truth, calls, edits=(edit,))


def held_users(hands: Hands) -> list[Ref]:
    """The users of whom a session is held."""
    return sorted({session.ref for session in hands.sessions if session.ref.kind == "user"})
