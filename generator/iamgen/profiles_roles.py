"""Which roles a user may assume, and why it may not assume the others. Pure.

Source: "Switch to an IAM role (AWS CLI)" and "IAM roles: trust policies" (IAM User Guide).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iamgen import limits
from iamgen.profiles_identity import Where, Wish, roster_user
from iamgen.roster import Group, Roster, SudoRole, path_of
from iamgen.wording import did_you_mean, near
from iamgen_rules.errors import UsageError


@dataclass(frozen=True, slots=True)
class Role:
    """A role that the user may assume; `max_session` is what is known of its longest session."""

    name: str
    path: str
    account: str
    arn: str
    max_session: int = limits.MIN_SESSION
    mfa_max_age: int | None = None


@dataclass(frozen=True, slots=True)
class Grants:
    """The roles in the order of the roster, and what the user should know about them."""

    roles: tuple[Role, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Out:
    """A role that the user may not assume, as a sentence."""

    why: str


def grants(roster: Roster, wish: Wish, where: Where) -> Grants:
    """The roles that the user may assume, as far as the roster tells.

    Raises UsageError where the user is unknown, or a role's account is.
    """
    if where.foreign:
        return _foreign(roster, wish, where)
    groups, notes = _groups(roster, wish, where)
    entries = dict.fromkeys(entry for group in groups for entry in group.sudo)
    return _sorted_out(wish, notes, [_judge(roster, wish, where, entry) for entry in entries])


def _sorted_out(wish: Wish, notes: Sequence[str], found: Sequence[Role | _Out]) -> Grants:
    roles = tuple({item.arn: item for item in found if isinstance(item, Role)}.values())
    left_out = [item.why for item in found if isinstance(item, _Out)]
    none = [] if roles else [f"{wish.user} may assume no role through this roster: there is only the base profile."]
    return Grants(roles, (*notes, *left_out, *none))


def _groups(roster: Roster, wish: Wish, where: Where) -> tuple[list[Group], list[str]]:
    user = roster_user(roster, wish.user)
    if user:
        return [group for group in roster.groups if group.name in user.groups], []
    groups = [group for group in roster.groups if group.users_variable]
    if groups:
        return groups, [_by_variable(roster, wish, groups)]
    if wish.user_account and where.account is None:
        where.need_account()
    names = [user.name for user in roster.users]
    raise UsageError(f"--user: {wish.user!r} is not in the roster{_hint(wish.user, names)}")


def _by_variable(roster: Roster, wish: Wish, groups: Sequence[Group]) -> str:
    listed = ", ".join(f"{group.name} (var.{group.users_variable})" for group in groups)
    similar = near(wish.user, tuple(user.name for user in roster.users))
    besides = f" The roster itself has {similar}." if similar else ""
    return f"{wish.user} is not written in the roster: taken as a member, by Terraform variable, of {listed}.{besides}"


def _hint(name: str, names: Sequence[str]) -> str:
    if not names:
        return ", which has no users"
    return did_you_mean(name, names) or f": it has {', '.join(names[:5])}{' and more' if names[5:] else ''}"


def _judge(roster: Roster, wish: Wish, where: Where, entry: str) -> Role | _Out:
    if entry.startswith("arn:"):
        return _elsewhere(roster, where, entry)
    role = _role_named(roster, entry)
    out = _refusal(roster, wish, where, role)
    return _Out(f"Role {role.name} is left out: {out}.") if out else _of_roster(roster, where, role)


def _role_named(roster: Roster, name: str) -> SudoRole:
    return next(role for role in roster.sudo_roles if role.name == name)


def _refusal(roster: Roster, wish: Wish, where: Where, role: SudoRole) -> str | None:
    account = where.need_account()
    if role.trusted_accounts and account not in role.trusted_accounts:
        return f"it trusts {', '.join(role.trusted_accounts)} and not {account}, where {wish.user} is"
    user = roster_user(roster, wish.user)
    path = path_of(roster, user) if user else roster.path
    if role.user_path and not path.startswith(role.user_path):
        return f"it trusts only users under {role.user_path}, and {wish.user} is under {path}"
    return None


def _of_roster(roster: Roster, where: Where, role: SudoRole) -> Role:
    path, account = path_of(roster, role), where.need_account()
    ages = [age for age in (role.mfa_max_age, None if where.foreign else roster.mfa.max_age) if age]
    arn = where.arn(account, f"role{path}{role.name}")
    return Role(role.name, path, account, arn, role.max_session, min(ages, default=None))


def _elsewhere(roster: Roster, where: Where, arn: str) -> Role | _Out:
    _, partition, _, _, account, resource = arn.split(":", 5)
    path, _, name = resource.removeprefix("role").rpartition("/")
    if len(name) > limits.ROLE_NAME_LENGTH:
        return _Out(f"{arn} is left out: names of roles have at most {limits.ROLE_NAME_LENGTH} characters.")
    if partition != where.partition:
        return _Out(f"{arn} is left out: roles of {partition} cannot be assumed from {where.partition}.")
    return Role(name, f"{path}/", account, arn, mfa_max_age=roster.mfa.max_age)


def _foreign(roster: Roster, wish: Wish, where: Where) -> Grants:
    trusting = [role for role in roster.sudo_roles if where.user_account in role.trusted_accounts]
    found = [_of_roster(roster, where, role) for role in trusting]
    return _sorted_out(wish, list(_foreign_notes(wish, where, trusting)), found)


def _foreign_notes(wish: Wish, where: Where, trusting: Sequence[SudoRole]) -> Iterator[str]:
    home = where.user_account
    if not trusting:
        yield f"No role of this roster trusts account {home} (`trusted_accounts:`)."
        return
    yield f"{wish.user} is in account {home}: the roster of {home} must let {wish.user} assume these roles too."
    for role in trusting:
        if role.user_path:
            yield f"Role {role.name} trusts only users under {role.user_path} of account {home}."
