"""A roster as the templates see it: plain values, and references where one block names another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iamgen import statements
from iamgen.described import documents_of, policies_of
from iamgen.excused import MFA, Excused, told
from iamgen.facts import ACCOUNT, iam_arn, policy_arn
from iamgen.hcl import Expression, Value, call, element, label, literal, reference
from iamgen.load import Loaded
from iamgen.roster import Document, Group, Policy, SudoRole, User, boundary_of, path_of, tags_of

View = dict[str, Any]


@dataclass(frozen=True)
class Viewer:
    """Turns one loaded roster into views; `inline` is the self-contained form, else calls of modules.

    `excused`: what the linter finds in it, which its reasons are for.
    """

    loaded: Loaded
    inline: bool
    excused: Excused = field(default_factory=dict)

    def mfa(self) -> View:
        """The MFA policy."""
        mfa = self.loaded.roster.mfa
        address = reference("aws_iam_policy", "require_mfa")
        return mfa.model_dump() | {
            "label": "require_mfa",
            "check": "mfa_policy",
            "address": address,
            "arn": reference("aws_iam_policy", "require_mfa", "arn") if self.inline else _module("mfa_policy", "arn"),
            "description": mfa.description or "Denies everything but MFA enrolment until the session has MFA.",
            "path": self._path(mfa),
            "tags": self._tags(mfa),
            "document": reference("data", "aws_iam_policy_document", "require_mfa", "json"),
            "self_service": [kind for kind in statements.SELF_SERVICE if kind in mfa.self_service],
            "statements": (statements.VIEW_ACCOUNT, *statements.chosen(mfa.self_service)),
            "exempt": statements.exempt(mfa.change_password_before_mfa),
            "denies": statements.denies(None if mfa.max_age is None else str(mfa.max_age)),
            "reason": None if mfa.reason is None else told(self.excused.get(MFA, ()), mfa.reason),
        }

    def sudo_role(self, role: SudoRole) -> View:
        """A sudo role, its trust and its policies."""
        name = label(role.name)
        trusted: Sequence[str | Expression] = role.trusted_accounts or (ACCOUNT,)
        return role.model_dump() | {
            "label": name,
            "check": f"sudo_role_{name}",
            "module_label": f"sudo_role_{name}",
            "trust_label": f"{name}_trust",
            "policies_label": f"{name}_policies",
            "inline_label": f"{name}_inline",
            "address": reference("aws_iam_role", name),
            "description": role.description or "Break-glass role, assumable only with MFA.",
            "path": self._path(role),
            "tags": self._tags(role),
            "permissions_boundary": self._boundary(role),
            "trust": reference("data", "aws_iam_policy_document", f"{name}_trust", "json"),
            "trusted": [iam_arn("root", account=account) for account in trusted],
            "trusted_users": None
            if role.user_path is None
            else [iam_arn(f"user{role.user_path}*", account=account) for account in trusted],
            "policies": _managed(role.policies),
            "inline": self._documents(role.policies),
        }

    def group(self, group: Group) -> View:
        """A group and all that is attached to it."""
        return self._group(group, label(group.name)) | self._reasons(group)

    def _group(self, group: Group, name: str) -> View:
        return group.model_dump() | {
            "label": name,
            "module_label": f"group_{name}",
            "policies_label": f"{name}_policies",
            "inline_label": f"{name}_inline",
            "sudo_label": f"{name}_sudo",
            "gate_label": f"{name}_require_mfa",
            "value": reference("aws_iam_group", name, "name") if group.create else group.name,
            "path": self._path(group),
            "policies": _managed(group.policies),
            "inline": self._documents(group.policies),
            "sudo": [self._role_arn(role) for role in group.sudo],
            "sudo_document": reference("data", "aws_iam_policy_document", f"{name}_sudo", "json"),
            "members": self.members(group),
        }

    def _reasons(self, group: Group) -> View:
        """Its reason on what it excuses: the attachments, the inline policies, or the call of the module."""
        managed = self.excused.get(policies_of(group.name), ())
        inline = self.excused.get(documents_of(group.name), ())
        both = tuple(sorted({*managed, *inline}))
        apart = self.inline and both
        reason = group.reason
        return {
            "reason": None if reason is None or apart else told(both, reason),
            "policies_reason": told(managed, reason) if reason and apart and managed else None,
            "inline_reason": told(inline, reason) if reason and apart and inline else None,
        }

    def members(self, group: Group) -> Expression | None:
        """The set of the names of a group's users; None where it can have none."""
        named = [user.name for user in self.loaded.roster.users if group.name in user.groups]
        return _set_of([group.users_variable] if group.users_variable else [], named)

    def users(self) -> View | None:
        """All users: what they share stands in the resource, what differs in `local.users`."""
        roster = self.loaded.roster
        variables = sorted({group.users_variable for group in roster.groups if group.users_variable})
        everyone = _set_of(variables, [user.name for user in roster.users])
        if everyone is None:
            return None
        named = {user.name: self._user(user) for user in sorted(roster.users, key=lambda user: user.name)}
        default = [self._user(User(name="default"))] if variables else []
        varying = _varying([*named.values(), *default])
        shared = {key: value for key, value in (default or list(named.values()))[0].items() if key not in varying}
        each = {key: reference("each", "value", key) for key in varying}
        if not varying:
            return shared | {"for_each": everyone}
        users = {name: _only(varying, user) for name, user in named.items()}
        known = _user_map(_set_of(variables, []), [_only(varying, user) for user in default], users)
        return shared | each | {"for_each": reference("local", "users"), "map": known}

    def address(self, module: str, kind: str, name: str, counted: bool = False) -> Expression:
        """The address of a resource in this form: `kind.name`, or `this` (perhaps counted) in a module."""
        if self.inline:
            return reference(kind, name)
        return reference("module", module, kind, "this", *((0,) if counted else ()))

    def _user(self, user: User) -> dict[str, Value]:
        return {
            "path": self._path(user),
            "permissions_boundary": self._boundary(user),
            "tags": self._tags(user),
        }

    def _path(self, item: Any) -> str | None:
        path = path_of(self.loaded.roster, item)
        return None if path == "/" else path

    def _tags(self, item: Any) -> Mapping[str, str] | None:
        return tags_of(self.loaded.roster, item) or None

    def _boundary(self, item: SudoRole | User) -> Value:
        boundary = boundary_of(self.loaded.roster, item)
        return None if boundary is None else policy_arn(boundary)

    def _documents(self, policies: Iterable[Policy]) -> Mapping[str, Expression]:
        documents = self.loaded.documents
        return {p.name: call("jsonencode", documents[p.document]) for p in policies if isinstance(p, Document)}

    def _role_arn(self, name: str) -> Value:
        if name.startswith("arn:"):
            return name
        where = reference("aws_iam_role", label(name)) if self.inline else _module(f"sudo_role_{label(name)}")
        return Expression(f"{where.text}.arn")


def _module(*parts: str) -> Expression:
    return reference("module", *parts)


def _managed(policies: Iterable[Policy]) -> Mapping[str, Value]:
    return {policy: policy_arn(policy) for policy in policies if isinstance(policy, str)}


def _set_of(variables: Sequence[str], names: Sequence[str]) -> Expression | None:
    """The union of set variables and names, in its plainest form; None when there is neither."""
    parts: list[Value] = [reference("var", variable) for variable in variables]
    if names:
        parts.append(sorted(names))
    if len(parts) > 1:
        return call("setunion", *parts)
    if names:
        return call("toset", *parts)
    return Expression(literal(parts[0])) if parts else None


def user_instance(name: str) -> Expression:
    """The address of one user."""
    return element(reference("aws_iam_user", "this"), name)


def _varying(users: Sequence[Mapping[str, Value]]) -> list[str]:
    """The arguments that are not the same for every user."""
    return [key for key, value in users[0].items() if any(user[key] != value for user in users)]


def _only(keys: Iterable[str], user: Mapping[str, Value]) -> dict[str, Value]:
    return {key: user[key] for key in keys}


def _user_map(
    variables: Expression | None, defaults: Sequence[Mapping[str, Value]], users: Mapping[str, Mapping[str, Value]]
) -> Expression:
    """Each user's own arguments by name; a user of a variable has the defaults."""
    named = Expression(literal(users))
    if variables is None:
        return named
    by_variable = f"{{ for name in {variables.text} : name => {literal(defaults[0])} }}"
    return Expression(f"merge(\n{by_variable},\n{named.text},\n)") if users else Expression(by_variable)
