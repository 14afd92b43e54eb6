"""The account as IAM tells it through boto3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from terraform.policies import normal

_KINDS = ["User", "Role", "Group"]


def account(iam: Any) -> dict[str, Any]:
    """Users, groups, roles and own policies by name, in the shape of `Expected.account`."""
    told = iam.get_account_authorization_details(Filter=_KINDS)
    own = iam.list_policies(Scope="Local")["Policies"]
    return {
        "users": {user["UserName"]: _user(user) for user in told["UserDetailList"]},
        "groups": {group["GroupName"]: _group(group) for group in told["GroupDetailList"]},
        "roles": {role["RoleName"]: _role(iam, role) for role in told["RoleDetailList"]},
        "policies": {policy["PolicyName"]: _policy(iam, policy) for policy in own},
    }


def documents(found: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Every document of an account that was read, with the kind of its quota."""
    yield from (("managed", policy["document"]) for policy in found["policies"].values())
    yield from (("trust", role["trust"]) for role in found["roles"].values())
    for kind in ("user", "group", "role"):
        yield from ((kind, inline) for one in found[f"{kind}s"].values() for inline in one["inline"].values())


def _user(user: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "path": user["Path"],
        "tags": _tags(user),
        "boundary": _boundary(user),
        "groups": sorted(user["GroupList"]),
        "attached": _attached(user),
        "inline": _inline(user.get("UserPolicyList", [])),
    }


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "path": group["Path"],
        "attached": _attached(group),
        "inline": _inline(group.get("GroupPolicyList", [])),
    }


def _role(iam: Any, role: Mapping[str, Any]) -> dict[str, Any]:
    more = iam.get_role(RoleName=role["RoleName"])["Role"]
    return {
        "path": role["Path"],
        "description": more["Description"],
        "max_session": more["MaxSessionDuration"],
        "tags": _tags(role),
        "boundary": _boundary(more),
        "trust": normal(more["AssumeRolePolicyDocument"]),
        "attached": _attached(role),
        "inline": _inline(role.get("RolePolicyList", [])),
    }


def _policy(iam: Any, policy: Mapping[str, Any]) -> dict[str, Any]:
    more = iam.get_policy(PolicyArn=policy["Arn"])["Policy"]
    version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=more["DefaultVersionId"])
    return {
        "path": policy["Path"],
        "description": more["Description"],
        "tags": _tags(more),
        "document": normal(version["PolicyVersion"]["Document"]),
    }


def _attached(holder: Mapping[str, Any]) -> list[str]:
    return sorted(policy["PolicyArn"] for policy in holder["AttachedManagedPolicies"])


def _inline(policies: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {policy["PolicyName"]: normal(policy["PolicyDocument"]) for policy in policies}


def _tags(item: Mapping[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in item.get("Tags", [])}


def _boundary(item: Mapping[str, Any]) -> str | None:
    boundary = item.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    return None if boundary is None else str(boundary)
