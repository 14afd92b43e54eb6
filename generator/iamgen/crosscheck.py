"""What the fields of a roster say together: names that must exist, be unique, or excuse themselves. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from iamgen import limits, managed, quotas
from iamgen.fields import show_duration
from iamgen.roster import Document, Group, Policy, Roster, SudoRole, User, path_of
from iamgen.tree import Fault, Path
from iamgen.wording import did_you_mean, listed, shown

SUDO_POLICY = "sudo"  # the inline policy that lets a group's members assume their roles


class Known(NamedTuple):
    """The names of one kind; not `complete` where some cannot be read, so that an unknown one may be right."""

    names: tuple[str, ...]
    complete: bool


@dataclass(frozen=True)
class View:
    """What a check may ask about the file, by paths of the roster.

    `sound`: whether nothing was found wrong with what stands there; `line`: where that is;
    `known`: the names under `groups`, say; `documents`: the policies that could be read.
    """

    sound: Callable[[Path], bool]
    line: Callable[[Path], int]
    known: Callable[[str], Known]
    documents: Mapping[str, Mapping[str, Any]]


def check(roster: Roster, view: View) -> Iterator[Fault]:
    """All that is wrong with a roster whose fields are right by themselves."""
    yield from _references(roster, view)
    named: Mapping[str, Sequence[SudoRole | Group | User]] = {
        "sudo_roles": roster.sudo_roles,
        "groups": roster.groups,
        "users": roster.users,
    }
    for kind, items in named.items():
        places = [((kind, number, "name"), item.name) for number, item in enumerate(items)]
        yield from _unique(places, view)
    yield from _unique_in_lists(roster, view)
    yield from _mfa_reason(roster, view)
    for number, group in enumerate(roster.groups):
        yield from _group(roster, group, ("groups", number), view)
    for number, role in enumerate(roster.sudo_roles):
        yield from _sudo_role(roster, role, ("sudo_roles", number), view)
    yield from quotas.check(roster, view.documents)


def _references(roster: Roster, view: View) -> Iterator[Fault]:
    groups, roles = view.known("groups"), view.known("sudo_roles")
    for number, user in enumerate(roster.users):
        for place, name in enumerate(user.groups):
            yield from _reference(("users", number, "groups", place), name, "group", groups)
    for number, group in enumerate(roster.groups):
        for place, name in enumerate(group.sudo):
            if not name.startswith("arn:"):
                yield from _reference(("groups", number, "sudo", place), name, "sudo role", roles)


def _reference(path: Path, name: str, what: str, known: Known) -> Iterator[Fault]:
    if name in known.names or not known.complete:
        return
    names = f"; the roster has {listed(known.names[:10])}" if known.names else "; the roster has none"
    yield Fault(path, f"no {what} is called {shown(name)}{did_you_mean(name, known.names) or names}")


def _unique(places: Iterable[tuple[Path, str]], view: View, same: Callable[[str], str] = str.lower) -> Iterator[Fault]:
    """A fault for each text that means the same as one before; `same` maps texts that mean the same to one text."""
    seen: dict[str, tuple[Path, str]] = {}
    for path, text in places:
        first, before = seen.setdefault(same(text), (path, text))
        if first == path:
            continue
        if text == before:
            yield Fault(path, f"{shown(text)} stands here a second time, first on line {view.line(first)}")
        else:
            yield Fault(path, f"{shown(text)} is the same to AWS as {shown(before)} on line {view.line(first)}")


def _unique_in_lists(roster: Roster, view: View) -> Iterator[Fault]:
    lists: list[tuple[Path, Sequence[str]]] = [(("mfa", "self_service"), roster.mfa.self_service)]
    for number, role in enumerate(roster.sudo_roles):
        lists.append((("sudo_roles", number, "trusted_accounts"), role.trusted_accounts))
        yield from _unique_policies(("sudo_roles", number, "policies"), role.policies, view)
    for number, group in enumerate(roster.groups):
        lists.append((("groups", number, "sudo"), group.sudo))
        yield from _unique_policies(("groups", number, "policies"), group.policies, view)
    lists += [(("users", number, "groups"), user.groups) for number, user in enumerate(roster.users)]
    for path, texts in lists:
        yield from _unique((((*path, place), text) for place, text in enumerate(texts)), view)
    for path, tags in _tags(roster):
        yield from _unique((((*path, key), key) for key in tags), view)


def _unique_policies(path: Path, policies: Sequence[Policy], view: View) -> Iterator[Fault]:
    named = [((*path, place), policy) for place, policy in enumerate(policies) if isinstance(policy, str)]
    inline = [
        ((*path, place, "name"), policy.name) for place, policy in enumerate(policies) if isinstance(policy, Document)
    ]
    yield from _unique(named, view, managed.identity)
    yield from _unique(inline, view)


def _tags(roster: Roster) -> Iterator[tuple[Path, Mapping[str, str]]]:
    yield ("tags",), roster.tags
    yield from ((("sudo_roles", number, "tags"), role.tags) for number, role in enumerate(roster.sudo_roles))
    yield from ((("users", number, "tags"), user.tags) for number, user in enumerate(roster.users))


def _mfa_reason(roster: Roster, view: View) -> Iterator[Fault]:
    mfa = roster.mfa
    if not view.sound(("mfa",)):
        return
    weak = [name for name in ("change_password_before_mfa", "exempt_aws_service_calls") if getattr(mfa, name)]
    if mfa.reason is None:
        for name in weak:
            yield Fault(("mfa", name), "weakens the gate: say why in mfa.reason, or take it out")
    elif not weak:
        yield Fault(("mfa", "reason"), "there is nothing to excuse: take it out, or write a comment")


def _group(roster: Roster, group: Group, path: Path, view: View) -> Iterator[Fault]:
    yield from _own_gate(roster, group.policies, (*path, "policies"), "it is attached to the group anyway")
    for place, policy in enumerate(group.policies):
        if isinstance(policy, Document) and group.sudo and policy.name.lower() == SUDO_POLICY:
            message = f"iamgen calls the group's own inline policy {SUDO_POLICY!r}: choose another name"
            yield Fault((*path, "policies", place, "name"), message)
    if not view.sound(path):
        return
    yield from _group_reason(group, path)
    if not group.create and group.exists:
        yield Fault((*path, "exists"), "`create: false` leaves the group to others, so it cannot be adopted: drop one")
    if not group.create and group.path is not None:
        yield Fault((*path, "path"), "`create: false` leaves the group to others, and with it its path: take it out")


def _group_reason(group: Group, path: Path) -> Iterator[Fault]:
    standing = [
        ((*path, "policies", place), name)
        for place, policy in enumerate(group.policies)
        if isinstance(policy, str) and (name := managed.known_name(policy)) in managed.ADMINISTRATORS
    ]
    if group.reason is None:
        for place, name in standing:
            yield Fault(
                place, f"{name} gives the group standing administrator rights: use a sudo role, or add `reason:`"
            )
        if not group.require_mfa:
            yield Fault(
                (*path, "require_mfa"), "false leaves the group without the gate: add `reason:`, or take it out"
            )
        return
    harmless = all(isinstance(policy, str) and managed.known_name(policy) for policy in group.policies)
    if group.require_mfa and not standing and harmless:
        yield Fault((*path, "reason"), "there is nothing to excuse: take it out, or write a comment")


def _own_gate(roster: Roster, policies: Sequence[Policy], path: Path, why: str) -> Iterator[Fault]:
    name = re.escape(f"policy{path_of(roster, roster.mfa)}{roster.mfa.name}")
    for place, policy in enumerate(policies):
        if isinstance(policy, str) and re.fullmatch(rf"arn:[^:]+:iam::{limits.ACCOUNT_PATTERN}:{name}", policy):
            yield Fault((*path, place), f"is the MFA policy of this roster: take it out, {why}")


def _sudo_role(roster: Roster, role: SudoRole, path: Path, view: View) -> Iterator[Fault]:
    yield from _own_gate(roster, role.policies, (*path, "policies"), "on a role it would lock everybody out")
    if not view.sound(path) or role.trusted_accounts:
        return
    members = [group for group in roster.groups if role.name in group.sudo]
    yield from _late(roster, role, path, members)
    if role.user_path is not None and members and view.sound(("groups",)) and view.sound(("users",)):
        yield from _unreachable(roster, role.user_path, path, members)


def _late(roster: Roster, role: SudoRole, path: Path, members: Sequence[Group]) -> Iterator[Fault]:
    gate = roster.mfa.max_age
    if gate is None or role.mfa_max_age is None or role.mfa_max_age <= gate or not all(g.require_mfa for g in members):
        return
    shorter = show_duration(gate)
    yield Fault((*path, "mfa_max_age"), f"has no effect: mfa.max_age ends sign-ins after {shorter}; write less")


def _unreachable(roster: Roster, user_path: str, path: Path, members: Sequence[Group]) -> Iterator[Fault]:
    """Only where the roster itself lists all the groups' users."""
    names = {group.name for group in members}
    paths = {path_of(roster, user) for user in roster.users if names & set(user.groups)}
    listed_here = all(group.create and group.users_variable is None for group in members)
    if listed_here and paths and not any(one.startswith(user_path) for one in paths):
        groups = listed(sorted(names))
        yield Fault((*path, "user_path"), f"nobody in {groups} is under it (they are under {listed(sorted(paths))})")
