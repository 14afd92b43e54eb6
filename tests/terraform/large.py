"""A large roster: 200 users, 20 groups of which 2 are managed elsewhere, 5 sudo roles, each field in use somewhere."""

from __future__ import annotations

from typing import Any

from terraform.roots import Data

_LEVELS = ("ReadOnlyAccess", "ViewOnlyAccess", "SecurityAudit", "IAMReadOnlyAccess")
ELSEWHERE = ("team-07", "team-13")


def large() -> Data:
    """The roster."""
    return {
        "version": 1,
        "tags": {"Owner": "platform", "Cost-Centre": "4711"},
        "path": "/company/",
        "permissions_boundary": "arn:aws:iam::aws:policy/AdministratorAccess",
        "mfa": {"path": "/gates/", "max_age": "12h"},
        "sudo_roles": [_role(number) for number in range(5)],
        "groups": [_group(number) for number in range(20)],
        "users": [_user(number) for number in range(200)],
    }


def prepare(iam: Any) -> None:
    """Make the groups that are managed elsewhere."""
    for name in ELSEWHERE:
        iam.create_group(GroupName=name)


def _role(number: int) -> Data:
    role: Data = {"name": f"Sudo{number}", "max_session": f"{number + 1}h", "tags": {"Level": str(number)}}
    if number == 1:
        role |= {"path": "/sudo/", "user_path": "/company/", "mfa_max_age": "1h"}
    if number == 2:
        role |= {"trusted_accounts": ["123456789012", "210987654321"], "policies": ["PowerUserAccess"]}
    if number == 3:
        role |= {"policies": ["AdministratorAccess", {"name": "limits", "document": "stay-in-europe.json"}]}
    return role


def _group(number: int) -> Data:
    name = f"team-{number:02}"
    group: Data = {"name": name, "policies": [_LEVELS[number % 4]], "sudo": [f"Sudo{number % 5}"]}
    if name in ELSEWHERE:
        return group | {"create": False}
    if number % 4 == 1:
        group |= {"path": f"/company/{name}/"}
    if number % 5 == 2:
        group["policies"] += [{"name": "costs", "document": "read-costs.json"}, "SecurityAudit"]
        group["policies"] = list({str(policy): policy for policy in group["policies"]}.values())
    if number == 19:
        group |= {"users_variable": "ops_users"}
    return group


def _user(number: int) -> Data:
    groups = {number % 20, (number * 7) % 20} if number % 10 else set()
    user: Data = {"name": f"user-{number:03}", "groups": [f"team-{group:02}" for group in sorted(groups)]}
    if number % 3 == 0:
        user |= {"path": f"/company/floor-{number % 5}/"}
    if number % 7 == 0:
        user |= {"tags": {"Phone": f"+49 30 {number}", "owner": "itself"}}
    if number % 50 == 1:
        user |= {"permissions_boundary": "PowerUserAccess"}
    return user
