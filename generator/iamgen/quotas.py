"""AWS's quotas, with what iamgen itself adds counted in. Pure.

Source: "IAM and AWS STS quotas" (IAM User Guide); each message names the quota as that page does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iamgen import limits
from iamgen.roster import Document, Group, Policy, Roster, SudoRole, User, path_of, tags_of
from iamgen.tree import Fault, Path
from iamgen.wording import count

_ESCAPED = re.compile("[<>&\u2028\u2029]")  # `jsonencode` writes six characters for each
_SOME_ACCOUNT = "123456789012"
_VERSION = "2012-10-17"

Documents = Mapping[str, Mapping[str, Any]]


def check(roster: Roster, documents: Documents) -> Iterator[Fault]:
    """All that is over a quota."""
    yield from _user_groups(roster)
    yield from _tags(roster)
    for number, role in enumerate(roster.sudo_roles):
        yield from _role(roster, role, ("sudo_roles", number), documents)
    for number, group in enumerate(roster.groups):
        yield from _group(roster, group, ("groups", number), documents)


def size(policy: object) -> int:
    """The characters of a policy that count for AWS, when Terraform writes it: all but white space."""
    text = json.dumps(policy, ensure_ascii=False, separators=(",", ":"))
    return len(re.sub(r"\s", "", _ESCAPED.sub(r"\\u0000", text)))


def _user_groups(roster: Roster) -> Iterator[Fault]:
    for number, user in enumerate(roster.users):
        if len(user.groups) > limits.GROUPS_PER_USER:
            message = f"{len(user.groups)} groups; the quota of IAM groups per user is {limits.GROUPS_PER_USER}"
            yield Fault(("users", number, "groups"), message)


def _tags(roster: Roster) -> Iterator[Fault]:
    quota, most = "the quota of tags per role, user or policy is", limits.TAGS_PER_RESOURCE
    if len(roster.tags) > most:
        yield Fault(("tags",), f"{len(roster.tags)} tags; {quota} {most}")
        return
    tagged: Mapping[str, Sequence[SudoRole | User]] = {"sudo_roles": roster.sudo_roles, "users": roster.users}
    for kind, items in tagged.items():
        for number, item in enumerate(items):
            tags = len(tags_of(roster, item))
            if tags > most:
                message = f"{tags} tags with those at the top; {quota} {most}"
                yield Fault((kind, number, "tags"), message)


def _role(roster: Roster, role: SudoRole, path: Path, documents: Documents) -> Iterator[Fault]:
    where = path_of(roster, role)
    together = len(role.name) if where == "/" else len(where + role.name)
    if together > limits.SWITCH_ROLE_LENGTH:
        most = limits.SWITCH_ROLE_LENGTH
        message = f"{together} characters with its path {where}; Switch Role in the console allows {most}"
        yield Fault((*path, "name"), message)
    managed = sum(isinstance(policy, str) for policy in role.policies)
    if managed > limits.POLICIES_PER_ROLE:
        most = limits.POLICIES_PER_ROLE
        yield Fault((*path, "policies"), f"{managed} managed policies; the quota per IAM role is {most}")
    yield from _inline(path, role.policies, documents, 0, "role", limits.INLINE_ROLE_SIZE)
    trust = size(trust_policy(roster, role))
    if trust > limits.TRUST_POLICY_SIZE:
        message = f"its trust policy has {trust:,} characters; the quota of role trust policy length is"
        yield Fault((*path, "trusted_accounts"), f"{message} {limits.TRUST_POLICY_SIZE:,}: trust fewer accounts")


def _group(roster: Roster, group: Group, path: Path, documents: Documents) -> Iterator[Fault]:
    own = sum(isinstance(policy, str) for policy in group.policies)
    if own + group.require_mfa > limits.POLICIES_PER_GROUP:
        gate = " and the MFA policy" if group.require_mfa else ""
        message = f"{count(own, 'managed policy')}{gate}; the quota per IAM group is {limits.POLICIES_PER_GROUP}"
        yield Fault((*path, "policies"), message)
    added = size(sudo_policy(roster, group)) if group.sudo else 0
    yield from _inline(path, group.policies, documents, added, "group", limits.INLINE_GROUP_SIZE)


def _inline(
    path: Path, policies: Sequence[Policy], documents: Documents, added: int, kind: str, most: int
) -> Iterator[Fault]:
    inline = [policy.document for policy in policies if isinstance(policy, Document)]
    found = [documents[name] for name in inline if name in documents]
    total = added + sum(map(size, found))
    if total > most:
        sudo = " with the one that allows its sudo roles" if added else ""
        what = f"its inline policies have {total:,} characters{sudo}"
        place = "policies" if found else "sudo"
        yield Fault((*path, place), f"{what}; the quota of inline policy size per IAM {kind} is {most:,}")


def sudo_policy(roster: Roster, group: Group) -> dict[str, Any]:
    """The inline policy that lets a group's members assume their sudo roles, as Terraform will write it."""
    paths = {role.name: path_of(roster, role) for role in roster.sudo_roles}
    arns = [
        name if name.startswith("arn:") else f"{_arn(roster)}role{paths.get(name, '/')}{name}" for name in group.sudo
    ]
    allow = {"Sid": "AssumeSudoRoles", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": _plain(arns)}
    return {"Version": _VERSION, "Statement": [allow]}


def trust_policy(roster: Roster, role: SudoRole) -> dict[str, Any]:
    """The trust policy of a sudo role, as Terraform will write it."""
    accounts = role.trusted_accounts or (_SOME_ACCOUNT,)
    condition: dict[str, Any] = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    if role.mfa_max_age is not None:
        condition["NumericLessThan"] = {"aws:MultiFactorAuthAge": str(role.mfa_max_age)}
    if role.user_path is not None:
        users = [f"{_arn(roster, account)}user{role.user_path}*" for account in accounts]
        condition["ArnLike"] = {"aws:PrincipalArn": _plain(users)}
    principal = {"AWS": _plain([f"{_arn(roster, account)}root" for account in accounts])}
    allow = {"Sid": "AssumeWithMFA", "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return {"Version": _VERSION, "Statement": [allow | {"Condition": condition}]}


def _arn(roster: Roster, account: str = _SOME_ACCOUNT) -> str:
    return f"arn:{roster.partition or 'aws'}:iam::{account}:"


def _plain(values: list[str]) -> str | list[str]:
    """One value stands by itself, as `aws_iam_policy_document` writes it."""
    return values[0] if len(values) == 1 else values
