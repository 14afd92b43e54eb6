"""The account that a roster asks for, worked out from the roster's YAML alone, in the shape that `actual` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from moto_iam import ACCOUNT
from terraform import policies
from terraform.policies import normal
from terraform.roots import Data, document

_FOLDERS = {"ViewOnlyAccess": "job-function/"}


class Expected:
    """A roster, the users that a variable brings, and the partition, as an account."""

    def __init__(self, data: Data, partition: str = "aws", **variables: list[str]) -> None:
        """Take the roster as its YAML stands."""
        self.data, self.partition, self.variables = data, partition, variables
        self.mfa = data.get("mfa", {})
        self.gate_arn = self._arn("policy", self.mfa, self.mfa.get("name", "require-mfa"))

    def account(self) -> dict[str, Any]:
        """Users, groups, roles and own policies by name."""
        return {
            "users": {user["name"]: self._user(user) for user in self._users()},
            "groups": {group["name"]: self._group(group) for group in self.data.get("groups", [])},
            "roles": {role["name"]: self._role(role) for role in self.data.get("sudo_roles", [])},
            "policies": {self.mfa.get("name", "require-mfa"): self._gate()},
        }

    def _gate(self) -> dict[str, Any]:
        return {
            "path": self._path(self.mfa),
            "description": self.mfa.get(
                "description", "Denies everything but MFA enrolment until the session has MFA."
            ),
            "tags": self._tags({}),
            "document": normal(policies.gate(self.mfa, self.partition)),
        }

    def _users(self) -> list[Data]:
        """The roster's, and those of variables as if they stood there."""
        users = {user["name"]: dict(user, groups=list(user.get("groups", []))) for user in self.data.get("users", [])}
        for group in self.data.get("groups", []):
            for name in self.variables.get(group.get("users_variable", ""), []):
                users.setdefault(name, {"name": name, "groups": []})["groups"].append(group["name"])
        return list(users.values())

    def _user(self, user: Data) -> dict[str, Any]:
        return {
            "path": self._path(user),
            "tags": self._tags(user),
            "boundary": self._boundary(user),
            "groups": sorted(user["groups"]),
            "attached": [] if user["groups"] else [self.gate_arn],
            "inline": {},
        }

    def _group(self, group: Data) -> dict[str, Any]:
        attached, inline = self._split(group.get("policies", []))
        if group.get("sudo"):
            inline["sudo"] = normal(policies.sudo([self._role_arn(role) for role in group["sudo"]]))
        if group.get("require_mfa", True):
            attached.append(self.gate_arn)
        # a group that is managed elsewhere stays where it is
        path = self._path(group) if group.get("create", True) else "/"
        return {"path": path, "attached": sorted(attached), "inline": inline}

    def _role(self, role: Data) -> dict[str, Any]:
        attached, inline = self._split(role.get("policies", ["AdministratorAccess"]))
        return {
            "path": self._path(role),
            "description": role.get("description", "Break-glass role, assumable only with MFA."),
            "max_session": policies.seconds(role.get("max_session", "1h")),
            "tags": self._tags(role),
            "boundary": self._boundary(role),
            "trust": normal(policies.trust(role, self.partition)),
            "attached": sorted(attached),
            "inline": inline,
        }

    def _split(self, wanted: Iterable[str | Mapping[str, str]]) -> tuple[list[str], dict[str, Any]]:
        wanted = list(wanted)
        inline = {
            item["name"]: normal(json.loads(document(item["document"]))) for item in wanted if isinstance(item, dict)
        }
        return [self._managed(item) for item in wanted if isinstance(item, str)], inline

    def _managed(self, name: str) -> str:
        if name.startswith("arn:"):
            return name
        return f"arn:{self.partition}:iam::aws:policy/{_FOLDERS.get(name, '')}{name}"

    def _role_arn(self, name: str) -> str:
        if name.startswith("arn:"):
            return name
        role = next(role for role in self.data["sudo_roles"] if role["name"] == name)
        return self._arn("role", role, name)

    def _arn(self, kind: str, item: Mapping[str, Any], name: str) -> str:
        return f"arn:{self.partition}:iam::{ACCOUNT}:{kind}{self._path(item)}{name}"

    def _path(self, item: Mapping[str, Any]) -> str:
        return str(item.get("path") or self.data.get("path", "/"))

    def _tags(self, item: Mapping[str, Any]) -> dict[str, str]:
        """Its own beside those at the top, which are other keys even where only case differs."""
        own = item.get("tags", {})
        above = {k: v for k, v in self.data.get("tags", {}).items() if k.lower() not in {o.lower() for o in own}}
        return {**above, **own}

    def _boundary(self, item: Mapping[str, Any]) -> str | None:
        name = item.get("permissions_boundary") or self.data.get("permissions_boundary")
        return None if name is None else self._managed(name)
