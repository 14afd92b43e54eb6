"""What the attacker can do next: each step is the account's copy after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from account.oracle.contexts import PATHS, Target
from account.oracle.requests import View
from account.oracle.rights import (
    KINDS,
    ON_ROLE,
    ON_USER,
    REWRITE,
    attachable,
    on_undeclared,
    rewritable,
    worth_attaching,
)
from account.oracle.sessions import new_sessions
from account.oracle.targets import declared, ghosts, policies
from account.oracle.world import ADMIN, ALL_NUMBER, Held, Party, State

BOUND = {"user": "User", "role": "Role"}
TAG = {"user": ("iam:TagUser", "iam:UntagUser"), "role": ("iam:TagRole", "iam:UntagRole")}


class Aim(NamedTuple):
    """`users`: taking over undeclared users counts. `no_entry`: whose sessions enter no role."""

    users: bool
    no_entry: tuple[str, str] | None = None


def steps(view: View, aim: Aim) -> Iterator[State]:
    """Every state that is one step from here."""
    yield from new_sessions(view, aim.no_entry)
    yield from _undeclared(view, aim)
    yield from _rewritten(view)
    for party in view.state.parties:
        yield from _on_party(view, party)
    for party in _held(view):
        yield from _membership(view, party) if party.kind == "user" else ()
    yield from _made(view)


def _held(view: View) -> list[Party]:
    """The users and roles of whom a session is held."""
    return [party for party in view.state.parties if any(who.owner == party.key for who in view.state.held)]


def _carriers(view: View) -> list[Party]:
    """Them and their groups."""
    held = _held(view)
    groups = {group for party in held for group in party.groups}
    return [party for party in view.state.parties if party in held or (party.kind == "group" and party.name in groups)]


def _undeclared(view: View, aim: Aim) -> Iterator[State]:
    """What nobody declares counts as an enterable role, an administrator, their group, the caller's policy."""
    free = any(on_undeclared(view, "role", action, view.can) for action in ON_ROLE)
    free |= aim.users and any(on_undeclared(view, "user", action, view.can) for action in ON_USER)
    if free:
        yield view.state._replace(free=True)
    policy = any(on_undeclared(view, "policy", action, view.can) for action in REWRITE)
    group = on_undeclared(view, "group", "iam:AddUserToGroup", view.can)
    for party in _held(view):
        if policy or (group and party.kind == "user"):
            yield view.state.changed(party, _with_all(party))


def _with_all(party: Party) -> Party:
    return party._replace(attached=party.attached | {ADMIN})


def _rewritten(view: View) -> Iterator[State]:
    for policy in policies(view):
        if rewritable(view, policy, view.can):
            yield view.state.rewritten(policy)


def _on_party(view: View, party: Party) -> Iterator[State]:
    kind, state = KINDS[party.kind], view.state
    for policy in attachable(view, party, view.can):
        yield state.changed(party, party._replace(attached=party.attached | {policy}))
    if view.can(f"iam:Put{kind}Policy", declared(view, party)):
        inline = {"mine": ALL_NUMBER, **{name: ALL_NUMBER for name, _ in party.inline}}
        yield state.changed(party, party._replace(inline=frozenset(inline.items())))
    yield from _labels(view, party)
    if party in _carriers(view):
        yield from _without_a_policy(view, party)
        yield from _boundary(view, party)


def _labels(view: View, party: Party) -> Iterator[State]:
    if any(view.can(action, declared(view, party)) for action in TAG.get(party.kind, ())):
        yield view.state.changed(party, party._replace(tags_free=True))
    if party.kind == "user" and view.can("iam:UpdateUser", declared(view, party)) and _may_be_called(view, party):
        yield view.state.changed(party, party._replace(name_free=True))


def labelled(view: View, user: tuple[str, str]) -> State:
    """The state after what somebody can do to its own labels."""
    for state in _labels(view, view.parties[user]):
        if state != view.state:
            return labelled(View(view.book, state), user)
    return view.state


def _may_be_called(view: View, user: Party) -> bool:
    """Whether it can get another name or path: that takes permission on both ("UpdateUser", IAM API Reference)."""
    others = [
        user._replace(name=name, path=path) for name in (user.name, *view.book.spoken.free_names) for path in PATHS
    ]
    return any(view.can("iam:UpdateUser", declared(view, other)) for other in others if other.arn != user.arn)


def _without_a_policy(view: View, party: Party) -> Iterator[State]:
    """Detached or deleted, where it denies something."""
    kind, documents = KINDS[party.kind], view.book.documents
    for policy in sorted(party.attached):
        number = view.policies[policy]
        if documents.denies(number) and view.can(
            f"iam:Detach{kind}Policy", declared(view, party, iam_policyarn=policy)
        ):
            yield view.state.changed(party, party._replace(attached=party.attached - {policy}))
    for name, number in sorted(party.inline):
        if documents.denies(number) and view.can(f"iam:Delete{kind}Policy", declared(view, party)):
            yield view.state.changed(party, party._replace(inline=party.inline - {(name, number)}))


def _boundary(view: View, party: Party) -> Iterator[State]:
    """Dropped or replaced."""
    if not party.boundary:
        return
    kind = BOUND[party.kind]
    if view.can(f"iam:Delete{kind}PermissionsBoundary", declared(view, party)):
        yield view.state.changed(party, party._replace(boundary=""))
    for policy in view.policies:
        if view.can(f"iam:Put{kind}PermissionsBoundary", declared(view, party, iam_permissionsboundary=policy)):
            yield view.state.changed(party, party._replace(boundary=policy))


def _membership(view: View, user: Party) -> Iterator[State]:
    for group in [party for party in view.state.parties if party.kind == "group"]:
        if group.name in user.groups:
            if _denies(view, group) and view.can("iam:RemoveUserFromGroup", declared(view, group)):
                new = user._replace(groups=user.groups - {group.name})
                yield view.state.changed(user, new)
        elif view.can("iam:AddUserToGroup", declared(view, group)):
            new = user._replace(groups=user.groups | {group.name})
            yield view.state.changed(user, new)


def _denies(view: View, group: Party) -> bool:
    numbers = [view.policies[policy] for policy in group.attached] + [number for _, number in group.inline]
    return any(view.book.documents.denies(number) for number in numbers)


def _made(view: View) -> Iterator[State]:
    """A new user or role with all rights, inside a boundary of the attacker's choice."""
    for boundary in [*view.policies, ""]:
        keys = {"iam_permissionsboundary": boundary} if boundary else {}
        for target in ghosts(view, "user", **keys):
            if _creates(view, "User", target) and any(view.can(one, target) for one in ON_USER[:2]):
                yield _new(view, "user", target, boundary)
        for target in ghosts(view, "role", **keys):
            if _creates(view, "Role", target):
                yield _new(view, "role", target, boundary)


def _creates(view: View, kind: str, target: Target) -> bool:
    if not view.can(f"iam:Create{kind}", target):
        return False
    return view.can(f"iam:Put{kind}Policy", target) or any(
        view.can(f"iam:Attach{kind}Policy", target._replace(keys=(*target.keys, ("iam:policyarn", policy))))
        for policy in worth_attaching(view, view.can)
    )


def _new(view: View, kind: str, target: Target, boundary: str) -> State:
    path, _, name = target.arn.partition(f":{kind}")[2].rpartition("/")
    party = Party(kind, name, f"{path}/", attached=frozenset({ADMIN}), boundary=boundary)
    kinds = ("role", "role-mfa") if kind == "role" else ("access-key", "no-mfa")
    sessions = [Held(one, name) for one in kinds]
    return view.state._replace(parties=(*view.state.parties, party)).holding(*sessions)
