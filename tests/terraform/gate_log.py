"""IAM's calls played again: after each of them, who is behind the gate, and whether a role lets in without MFA."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto_iam import ACCOUNT, Call

Parameters = Mapping[str, str]
_PRESENT = "aws:MultiFactorAuthPresent"


@dataclass
class Holder:
    """A user or a group: the names of its inline policies, the ARNs of its managed ones."""

    inline: set[str] = field(default_factory=set)
    attached: set[str] = field(default_factory=set)


@dataclass
class Account:
    """As much of an account as decides who is behind the gate."""

    partition: str = "aws"
    users: dict[str, Holder] = field(default_factory=dict)
    groups: dict[str, Holder] = field(default_factory=dict)
    members: set[tuple[str, str]] = field(default_factory=set)
    documents: dict[str, str] = field(default_factory=dict)
    trusts: dict[str, str] = field(default_factory=dict)

    def take(self, call: Call) -> None:
        """Do what a call did; raises KeyError for one whose effect on the gate is unknown."""
        if call.changes and call.action not in _UNRELATED:
            _EFFECTS[call.action](self, call.parameters)

    def gates(self) -> set[str]:
        """The policies that deny what comes without MFA, whoever holds them."""
        return {arn for arn, document in self.documents.items() if _is_gate(json.loads(document))}

    def held(self, user: str) -> list[Holder]:
        """The user and its groups."""
        return [self.users[user], *(self.groups[group] for member, group in self.members if member == user)]

    def gated(self) -> set[str]:
        """The users behind a gate."""
        return {user for user in self.users if any(holder.attached & self.gates() for holder in self.held(user))}

    def open(self) -> set[str]:
        """The users with any right and no gate."""
        gates = self.gates()
        able = {user for user in self.users if any(h.inline or h.attached - gates for h in self.held(user))}
        return able - self.gated()

    def unguarded_roles(self) -> set[str]:
        """The roles that let somebody in without MFA."""
        return {name for name, trust in self.trusts.items() if not _needs_mfa(json.loads(trust))}

    def policy(self, parameters: Parameters) -> str:
        """The ARN of the policy that is being created."""
        path, name = parameters.get("Path", "/"), parameters["PolicyName"]
        return f"arn:{self.partition}:iam::{ACCOUNT}:policy{path}{name}"


def lapses(account: Account, calls: Iterable[Call]) -> list[str]:
    """The calls after which somebody who is gated at both ends of the record has rights and no gate,
    or a role needs no MFA; `account` is then as the last call left it."""
    calls = list(calls)
    after = copy.deepcopy(account)
    for call in calls:
        after.take(call)
    guarded = account.gated() & after.gated()
    found = []
    for number, call in enumerate(calls):
        account.take(call)
        victims = guarded - account.gated() | account.unguarded_roles()
        found += [f"call {number}, {call.action} {dict(call.parameters)}: {sorted(victims)}"] if victims else []
    return found


def _is_gate(document: Mapping[str, Any]) -> bool:
    return any(
        statement["Effect"] == "Deny"
        and "NotAction" in statement
        and statement["Condition"].get("BoolIfExists", {}).get(_PRESENT) == "false"
        for statement in document["Statement"]
    )


def _needs_mfa(trust: Mapping[str, Any]) -> bool:
    return all(statement["Condition"].get("Bool", {}).get(_PRESENT) == "true" for statement in trust["Statement"])


def _create(kind: str, name: str) -> Callable[[Account, Parameters], None]:
    def effect(account: Account, parameters: Parameters) -> None:
        getattr(account, kind)[parameters[name]] = Holder()

    return effect


def _delete(kind: str, name: str) -> Callable[[Account, Parameters], None]:
    def effect(account: Account, parameters: Parameters) -> None:
        del getattr(account, kind)[parameters[name]]

    return effect


def _bind(kind: str, name: str, what: str, policy: str, *, off: bool = False) -> Callable[[Account, Parameters], None]:
    def effect(account: Account, parameters: Parameters) -> None:
        bound = getattr(getattr(account, kind)[parameters[name]], what)
        (bound.discard if off else bound.add)(parameters[policy])

    return effect


def _join(account: Account, parameters: Parameters) -> None:
    account.members.add((parameters["UserName"], parameters["GroupName"]))


def _leave(account: Account, parameters: Parameters) -> None:
    account.members.discard((parameters["UserName"], parameters["GroupName"]))


def _create_policy(account: Account, parameters: Parameters) -> None:
    account.documents[account.policy(parameters)] = parameters["PolicyDocument"]


def _new_version(account: Account, parameters: Parameters) -> None:
    if parameters.get("SetAsDefault") == "true":
        account.documents[parameters["PolicyArn"]] = parameters["PolicyDocument"]


def _trust(parameter: str) -> Callable[[Account, Parameters], None]:
    def effect(account: Account, parameters: Parameters) -> None:
        account.trusts[parameters["RoleName"]] = parameters[parameter]

    return effect


def _move(_: Account, parameters: Parameters) -> None:
    for kind in ("User", "Group"):  # a new name would have to be followed
        assert parameters.get(f"New{kind}Name") == parameters.get(f"{kind}Name")


_EFFECTS: Mapping[str, Callable[[Account, Parameters], None]] = {
    "CreateUser": _create("users", "UserName"),
    "DeleteUser": _delete("users", "UserName"),
    "UpdateUser": _move,
    "CreateGroup": _create("groups", "GroupName"),
    "DeleteGroup": _delete("groups", "GroupName"),
    "UpdateGroup": _move,
    "AddUserToGroup": _join,
    "RemoveUserFromGroup": _leave,
    "AttachUserPolicy": _bind("users", "UserName", "attached", "PolicyArn"),
    "DetachUserPolicy": _bind("users", "UserName", "attached", "PolicyArn", off=True),
    "PutUserPolicy": _bind("users", "UserName", "inline", "PolicyName"),
    "DeleteUserPolicy": _bind("users", "UserName", "inline", "PolicyName", off=True),
    "AttachGroupPolicy": _bind("groups", "GroupName", "attached", "PolicyArn"),
    "DetachGroupPolicy": _bind("groups", "GroupName", "attached", "PolicyArn", off=True),
    "PutGroupPolicy": _bind("groups", "GroupName", "inline", "PolicyName"),
    "DeleteGroupPolicy": _bind("groups", "GroupName", "inline", "PolicyName", off=True),
    "CreatePolicy": _create_policy,
    "CreatePolicyVersion": _new_version,
    "DeletePolicy": _delete("documents", "PolicyArn"),
    "CreateRole": _trust("AssumeRolePolicyDocument"),
    "UpdateAssumeRolePolicy": _trust("PolicyDocument"),
    "DeleteRole": _delete("trusts", "RoleName"),
}
# What happens to a role's rights, to tags, to boundaries and to a user's credentials moves no gate.
_UNRELATED = frozenset(
    {
        "AttachRolePolicy",
        "DetachRolePolicy",
        "PutRolePolicy",
        "DeleteRolePolicy",
        "UpdateRole",
        "UpdateRoleDescription",
        "TagRole",
        "UntagRole",
        "TagUser",
        "UntagUser",
        "TagPolicy",
        "UntagPolicy",
        "DeletePolicyVersion",
        "PutRolePermissionsBoundary",
        "DeleteRolePermissionsBoundary",
        "PutUserPermissionsBoundary",
        "DeleteUserPermissionsBoundary",
        "DeleteLoginProfile",
    }
)
