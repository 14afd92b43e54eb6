"""The verdict again, slowly and plainly: every edit is made in a copy of the account, and everything is decided anew.

Knows nothing of worlds, carriers, classes of principals or targets found by pattern. It reads only accounts without
unknowns, free keys and tags: one request is one decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol, TypeVar

from iamgen_rules.account.model import (
    ACCOUNT,
    Account,
    Attachment,
    Group,
    Inline,
    ManagedPolicy,
    Membership,
    Role,
    User,
)
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Caller, Request

ALL = parse({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
ADMIN = ManagedPolicy("arn:aws:iam::aws:policy/AdministratorAccess", ALL, aws=True)
MFA: Mapping[str, tuple[str | None, ...]] = {
    "access-key": (None,),
    "no-mfa": ("false",),
    "mfa": ("true",),
    "federated": (None,),
    "role": (None, "false"),
    "role-mfa": (None, "false", "true"),
}
MOST_STATES = 300


class TooManyError(Exception):
    """More states than the oracle has patience for."""


class Held(NamedTuple):
    kind: str
    name: str


class State(NamedTuple):
    account: Account
    held: frozenset[Held]
    free: bool = False  # a principal without any gate has been made


class Can(Protocol):
    """Whether any of the sessions that are held may do it."""

    def __call__(self, action: str, resource: str, /, **keys: str) -> bool: ...


Holder = TypeVar("Holder", bound=User | Group | Role)


def user_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


def role_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def group_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:group/{name}"


def allowed(account: Account, who: Held, action: str, resource: str, trust: Role | None = None, /, **keys: str) -> bool:
    """Whether one of the session's requests is allowed; AWS lets no federated session call STS."""
    if who.kind == "federated" and action.startswith("sts:"):
        return False
    policies, boundary, arn, kind = _policies(account, who)
    caller = Caller("AWS", ACCOUNT, (arn,), is_role=who.kind.startswith("role"))
    for present in MFA[who.kind]:
        context = {"aws:principaltype": (kind,), "aws:principalarn": (arn,), "aws:viaawsservice": ("false",)}
        if kind == "User":
            context["aws:username"] = (who.name,)
        if present is not None:
            context["aws:multifactorauthpresent"] = (present,)
        context |= {key.replace("_", ":", 1): (value,) for key, value in keys.items()}
        request = Request(action, resource, context, caller if trust else None)
        of_role = Policy("trust", trust.trust) if trust else None
        if decide(request, Policies(policies, boundary, trust=of_role)).is_yes:
            return True
    return False


def _policies(account: Account, who: Held) -> tuple[tuple[Policy, ...], Policy | None, str, str]:
    documents = {policy.arn: policy.document for policy in account.policies}
    holders: Sequence[User | Group | Role]
    owner: User | Role
    if who.kind.startswith("role"):
        owner = _one(account.roles, who.name)
        holders, arn, kind = [owner], role_arn(who.name), "AssumedRole"
    else:
        owner = user = _one(account.users, who.name)
        holders = [user, *(_one(account.groups, one.group) for one in user.groups)]
        federated = who.kind == "federated"
        arn = f"arn:aws:sts::{ACCOUNT}:federated-user/{who.name}" if federated else user_arn(who.name)
        kind = "FederatedUser" if federated else "User"
    found = [documents[one.policy] for holder in holders for one in holder.attached]
    found += [one.document for holder in holders for one in holder.inline]
    boundary = Policy("boundary", documents[owner.boundary.policy]) if owner.boundary else None
    return tuple(Policy("p", document) for document in found), boundary, arn, kind


def _one(holders: Iterable[Holder], name: str) -> Holder:
    return next(holder for holder in holders if holder.name == name)


def _with(account: Account, field: str, holder: User | Group | Role, **changes: Any) -> Account:
    """The account with one holder changed."""
    old: tuple[Any, ...] = getattr(account, field)
    new: dict[str, Any] = {field: tuple(replace(one, **changes) if one.name == holder.name else one for one in old)}
    return replace(account, **new)


def full(account: Account, who: Held) -> bool:
    if not allowed(account, who, "zz:Probe", "arn:aws:zz:eu-west-1:1:x"):
        return False
    tries = [(f"iam:{verb}", arn) for verb in ON_ROLE for arn in ghosts(account, "role")]
    tries += [(f"iam:{verb}", arn) for verb in IN for arn in ghosts(account, "user")]
    tries += [(action, arn) for action in REWRITE for arn in ghosts(account, "policy")]
    if who.kind.startswith("role"):
        tries += [("iam:AttachRolePolicy", role_arn(who.name)), ("iam:PutRolePolicy", role_arn(who.name))]
        bound = [one.policy for one in _one(account.roles, who.name).attached]
    else:
        user = _one(account.users, who.name)
        tries += [("iam:AddUserToGroup", arn) for arn in ghosts(account, "group")]
        tries += [("iam:AttachUserPolicy", user_arn(who.name)), ("iam:PutUserPolicy", user_arn(who.name))]
        groups = [_one(account.groups, one.group) for one in user.groups]
        tries += [
            (action, group_arn(one.name))
            for one in groups
            for action in ("iam:AttachGroupPolicy", "iam:PutGroupPolicy")
        ]
        bound = [one.policy for one in user.attached] + [one.policy for group in groups for one in group.attached]
    tries += [(action, arn) for arn in bound if ":aws:policy" not in arn for action in REWRITE]
    return any(allowed(account, who, action, target, **ADMIN_KEY) for action, target in tries)


NAMES = {"user": ("u1", "u2", "u3"), "group": ("g1", "g2"), "role": ("r1", "r2"), "policy": ("p1", "p2")}


def ghosts(account: Account, kind: str) -> list[str]:
    """ARNs that policies may name and nobody declares."""
    field: Mapping[str, tuple[User | Group | Role, ...]] = {
        "user": account.users,
        "group": account.groups,
        "role": account.roles,
    }
    taken = {one.name for one in field.get(kind, ())} | {one.arn.rsplit("/", 1)[-1] for one in account.policies}
    return [f"arn:aws:iam::{ACCOUNT}:{kind}/{name}" for name in (*NAMES[kind], "nobody") if name not in taken]


POLICY = f"arn:aws:iam::{ACCOUNT}:policy/"
ON_ROLE = ("AttachRolePolicy", "PutRolePolicy", "UpdateAssumeRolePolicy")
IN = ("CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile")
REWRITE = ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion")
ADMIN_KEY = {"iam_policyarn": ADMIN.arn}


def reaches(account: Account, start: frozenset[Held], *, bare: str | None, users: bool) -> bool:
    """Whether some sequence of edits and entries ends in full rights; `bare`: this user's power without MFA will do."""
    if ADMIN.arn not in {policy.arn for policy in account.policies}:
        account = replace(account, policies=(*account.policies, ADMIN))
    todo, seen = [State(account, start)], set[str]()
    while todo:
        state = todo.pop(0)
        key = f"{state.account!r}{sorted(state.held)!r}{state.free}"
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > MOST_STATES:
            raise TooManyError
        if state.free or _goal(state, bare):
            return True
        todo += _next(state, users=users)
    return False


def _goal(state: State, bare: str | None) -> bool:
    for who in state.held:
        if full(state.account, who):
            return True
        own = who.name == bare and who.kind in ("access-key", "no-mfa", "federated")
        if own and allowed(state.account, who, "zz:Probe", "arn:aws:zz:eu-west-1:1:x"):
            return True
    return False


def _next(state: State, *, users: bool) -> Iterator[State]:
    def can(action: str, resource: str, /, **keys: str) -> bool:
        return any(allowed(state.account, who, action, resource, **keys) for who in state.held)

    yield from _holder_edits(state, can)
    yield from _policy_edits(state, can)
    yield from _memberships(state, can)
    yield from _sessions(state, can)
    yield from _roles_by_policy(state, can)
    if any(_outside(state.account, can, user, users=users) for user in ghosts(state.account, "user")):
        yield state._replace(free=True)


def _holder_edits(state: State, can: Can) -> Iterator[State]:
    for field, kind, arn in (("users", "User", user_arn), ("groups", "Group", group_arn), ("roles", "Role", role_arn)):
        holders: tuple[User | Group | Role, ...] = getattr(state.account, field)
        for holder in holders:
            for changes in _changes(holder, kind, arn(holder.name), can):
                yield state._replace(account=_with(state.account, field, holder, **changes))


def _changes(holder: User | Group | Role, kind: str, target: str, can: Can) -> Iterator[dict[str, Any]]:
    if can(f"iam:Attach{kind}Policy", target, **ADMIN_KEY) and Attachment(ADMIN.arn) not in holder.attached:
        yield {"attached": (*holder.attached, Attachment(ADMIN.arn))}
    yield from _inline_changes(holder, kind, target, can)
    for one in holder.attached:
        if can(f"iam:Detach{kind}Policy", target, iam_policyarn=one.policy):
            yield {"attached": tuple(other for other in holder.attached if other != one)}
    bound = not isinstance(holder, Group) and holder.boundary is not None
    if bound and any(can(f"iam:{verb}{kind}PermissionsBoundary", target) for verb in ("Delete", "Put")):
        yield {"boundary": None}


def _inline_changes(holder: User | Group | Role, kind: str, target: str, can: Can) -> Iterator[dict[str, Any]]:
    if can(f"iam:Put{kind}Policy", target):
        yield {"inline": tuple({**{one.name: one for one in holder.inline}, "mine": Inline("mine", ALL)}.values())}
        for one in holder.inline:
            yield {"inline": tuple(Inline(i.name, ALL) if i == one else i for i in holder.inline)}
    if can(f"iam:Delete{kind}Policy", target):
        for one in holder.inline:
            yield {"inline": tuple(other for other in holder.inline if other != one)}


def _policy_edits(state: State, can: Can) -> Iterator[State]:
    for policy in state.account.policies:
        if not policy.aws and any(can(action, policy.arn) for action in REWRITE):
            more = replace(
                policy.document, statements=(*policy.document.statements, replace(ALL.statements[0], index=99))
            )
            for document in (ALL, more if more.statements[-2:-1] != more.statements[-1:] else ALL):
                policies = tuple(
                    replace(one, document=document) if one == policy else one for one in state.account.policies
                )
                yield state._replace(account=replace(state.account, policies=policies))


def _memberships(state: State, can: Can) -> Iterator[State]:
    for name in {who.name for who in state.held if not who.kind.startswith("role")}:
        user = _one(state.account.users, name)
        inside = {one.group for one in user.groups}
        for group in state.account.groups:
            if group.name not in inside and can("iam:AddUserToGroup", group_arn(group.name)):
                yield state._replace(
                    account=_with(state.account, "users", user, groups=(*user.groups, Membership(group.name)))
                )
            if group.name in inside and can("iam:RemoveUserFromGroup", group_arn(group.name)):
                left = tuple(one for one in user.groups if one.group != group.name)
                yield state._replace(account=_with(state.account, "users", user, groups=left))
        undeclared = any(can("iam:AddUserToGroup", arn) for arn in ghosts(state.account, "group")) or _ghost_policy(
            state, can
        )
        if undeclared and Attachment(ADMIN.arn) not in user.attached:
            yield state._replace(
                account=_with(state.account, "users", user, attached=(*user.attached, Attachment(ADMIN.arn)))
            )


def _roles_by_policy(state: State, can: Can) -> Iterator[State]:
    for role in state.account.roles:
        held = any(who.kind.startswith("role") and who.name == role.name for who in state.held)
        if held and Attachment(ADMIN.arn) not in role.attached and _ghost_policy(state, can):
            yield state._replace(
                account=_with(state.account, "roles", role, attached=(*role.attached, Attachment(ADMIN.arn)))
            )


def _sessions(state: State, can: Can) -> Iterator[State]:
    for role in state.account.roles:
        for who in state.held:
            if allowed(state.account, who, "sts:AssumeRole", role_arn(role.name), role):
                yield _holding(state, "role-mfa" if who.kind in ("mfa", "role-mfa") else "role", role.name)
        if can("iam:UpdateAssumeRolePolicy", role_arn(role.name)):
            yield _holding(state, "role", role.name)
            yield _holding(state, "role-mfa", role.name)  # the attacker's own account may have MFA
    for user in state.account.users:
        yield from _user_sessions(state, can, user)


def _user_sessions(state: State, can: Can, user: User) -> Iterator[State]:
    arn, own_key = user_arn(user.name), Held("access-key", user.name)
    key = own_key in state.held
    if can("iam:CreateAccessKey", arn):
        yield _holding(state, "access-key", user.name)
    if can("iam:UpdateLoginProfile", arn) or (not user.password and can("iam:CreateLoginProfile", arn)):
        yield _holding(state, "no-mfa", user.name)
    federated = f"arn:aws:sts::{ACCOUNT}:federated-user/{user.name}"
    if key and allowed(state.account, own_key, "sts:GetFederationToken", federated):
        yield _holding(state, "federated", user.name)
    if _device_by_others(state, user) and (key or can("iam:UpdateLoginProfile", arn)):
        yield _holding(state, "mfa", user.name)


def _device_by_others(state: State, user: User) -> bool:
    """Whether other principals may make an MFA device and enable it for the user."""
    others = [who for who in state.held if who.name != user.name]
    device = f"arn:aws:iam::{ACCOUNT}:mfa/x"
    made = any(allowed(state.account, who, "iam:CreateVirtualMFADevice", device) for who in others)
    return made and any(allowed(state.account, who, "iam:EnableMFADevice", user_arn(user.name)) for who in others)


def _holding(state: State, kind: str, name: str) -> State:
    return state._replace(held=state.held | {Held(kind, name)})


def _ghost_policy(state: State, can: Can) -> bool:
    return any(can(one, arn) for one in REWRITE for arn in ghosts(state.account, "policy"))


def _outside(account: Account, can: Can, user: str, *, users: bool) -> bool:
    on_role = any(can(f"iam:{one}", arn, **ADMIN_KEY) for one in ON_ROLE for arn in ghosts(account, "role"))
    rights = can("iam:AttachUserPolicy", user, **ADMIN_KEY) or can("iam:PutUserPolicy", user)
    taken = users and any(can(f"iam:{one}", user) for one in IN)
    return (
        on_role or taken or (can("iam:CreateUser", user) and rights and any(can(f"iam:{one}", user) for one in IN[:2]))
    )


def verdict(account: Account, name: str) -> str:
    """A user's verdict."""
    kinds = ("access-key", "no-mfa", "mfa")
    for users in (False, True):
        if any(reaches(account, frozenset({Held(kind, name)}), bare=None, users=users) for kind in kinds):
            whole = name if full(account, Held("mfa", name)) else None
            without = frozenset({Held("access-key", name), Held("no-mfa", name)})
            return "ungated" if reaches(account, without, bare=whole, users=users) else "gated"
    return "not-admin"
