"""The ungated part of a roster as the resources that it becomes: what the linter would read in the rendered Terraform.

A resource's place says which group it is of, and how: the linter's findings lead back to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from iamgen.load import Loaded
from iamgen.roster import Document, Group, path_of
from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.policy import aws_managed
from iamgen_rules.source import Place

_Described = tuple[str, Mapping[str, Plain], Place]


def policies_of(group: str) -> Place:
    """The part of the roster that attaches managed policies to a group."""
    return Place(group, "policies")


def documents_of(group: str) -> Place:
    """The part of the roster that gives a group policies of its own."""
    return Place(group, "documents")


def ungated(loaded: Loaded) -> list[Resource]:
    """The groups without the gate, and who is in several of them and in no other; the same for the same roster."""
    groups = sorted((group for group in loaded.roster.groups if not group.require_mfa), key=lambda group: group.name)
    found = [
        *(one for group in groups for one in _group(loaded, group)),
        *_members(loaded, {one.name for one in groups}),
    ]
    return [Resource(f"{kind}.{number}", kind, values, at) for number, (kind, values, at) in enumerate(found)]


def _group(loaded: Loaded, group: Group) -> Iterator[_Described]:
    if group.create:
        values = {"name": group.name, "path": path_of(loaded.roster, group)}
        yield "aws_iam_group", values, Place(group.name, "group")
    for arn in sorted(_arn(policy) for policy in group.policies if isinstance(policy, str)):
        values = {"group": group.name, "policy_arn": arn}
        yield "aws_iam_group_policy_attachment", values, policies_of(group.name)
    documents = {policy.name: policy.document for policy in group.policies if isinstance(policy, Document)}
    for name, document in sorted(documents.items()):
        values = {"name": name, "group": group.name, "policy": json.dumps(loaded.documents[document])}
        yield "aws_iam_group_policy", values, documents_of(group.name)


def _members(loaded: Loaded, groups: set[str]) -> Iterator[_Described]:
    for user in sorted(loaded.roster.users, key=lambda user: user.name):
        if len(user.groups) > 1 and groups.issuperset(user.groups):
            place = Place(user.name, "user")
            yield "aws_iam_user", {"name": user.name, "path": path_of(loaded.roster, user)}, place
            yield "aws_iam_user_group_membership", {"user": user.name, "groups": sorted(user.groups)}, place


def _arn(policy: str) -> str:
    """The ARN of a policy that is AWS's where it has a name only."""
    return policy if policy.startswith("arn:") else f"arn:aws:iam::aws:policy/{aws_managed.suffix(policy) or policy}"
