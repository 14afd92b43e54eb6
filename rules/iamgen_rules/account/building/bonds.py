"""Attachments, inline policies and memberships: what the resources that join one thing to another say.

Exclusive are aws_iam_group_membership, aws_iam_policy_attachment and the `_exclusive` resources; an exclusive
resource of inline policies owns their names only. Source: the AWS provider's documentation of each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iamgen_rules.account.building.building import Building
from iamgen_rules.account.building.names import Holder
from iamgen_rules.account.building.texts import argument, listed, place_of, shown, text
from iamgen_rules.account.model import Kind
from iamgen_rules.account.resource import Resource
from iamgen_rules.policy.text import Unknown, missing_of, text_of

Handler = Callable[[Building, Resource], None]
_KINDS: tuple[Kind, ...] = ("user", "group", "role")


def _group_membership(building: Building, resource: Resource) -> None:
    users = building.holders(resource, "users", "user")
    missing = building.unsure("user", listed(argument(resource, "users")))
    for group, _ in building.holders(resource, "group", "group"):
        for user, place in users:
            building.member(user, group, resource, place)
        unsure = missing | group.missing | building.given(resource, group.holder)
        building.own(
            "group", group.holder.key, (user.holder for user, _ in users if not user.missing), resource, unsure
        )
        building.drafts[group.holder].exclusive |= not unsure


def _user_group_membership(building: Building, resource: Resource) -> None:
    for user, _ in building.holders(resource, "user", "user"):
        for group, place in building.holders(resource, "groups", "group"):
            building.member(user, group, resource, place)


def _policy_attachment(building: Building, resource: Resource) -> None:
    policy = building.required(resource, "policy_arn")
    if policy is None:
        return
    arn, holders, missing = building.names.policy(policy), set[Holder](), frozenset[str]()
    for kind in _KINDS:
        given = listed(argument(resource, f"{kind}s"))
        missing |= building.unsure(kind, given)
        if given:
            building.attachable(kind, policy)
        for found, place in building.holders(resource, f"{kind}s", kind):
            holders |= set() if found.missing else {found.holder}
            building.say("attached", found, arn, resource, place)
    building.own("attached", arn, holders, resource, missing)


def _attachment(kind: Kind) -> Handler:
    def handle(building: Building, resource: Resource) -> None:
        policy = building.required(resource, "policy_arn")
        if policy is not None and building.required(resource, kind) is not None:
            arn, place = building.attachable(kind, policy), place_of(resource, "policy_arn")
            for found, _ in building.holders(resource, kind, kind):
                building.say("attached", found, arn, resource, place)

    return handle


def _inline(kind: Kind) -> Handler:
    def handle(building: Building, resource: Resource) -> None:
        name = text(argument(resource, "name"))
        if name is None:
            name = text_of(text(argument(resource, "name_prefix")) or "", Unknown(f"{resource.address}.name"))
        if building.required(resource, kind) is not None:
            for found, _ in building.holders(resource, kind, kind):
                policy, place = argument(resource, "policy"), place_of(resource, "policy")
                building.inline(found, shown(building.names.resolved(name)), policy, resource, place)

    return handle


def _attachments_exclusive(kind: Kind) -> Handler:
    def handle(building: Building, resource: Resource) -> None:
        given = listed(argument(resource, "policy_arns"))
        arns = [building.attachable(kind, one) for one in given]
        for found, _ in building.holders(resource, f"{kind}_name", kind):
            for arn in arns:
                building.say("attached", found, arn, resource, place_of(resource, "policy_arns"))
            missing = building.names.unsure(given) | found.missing
            building.own("attached", found.holder, arns, resource, missing)

    return handle


def _inline_exclusive(kind: Kind) -> Handler:
    def handle(building: Building, resource: Resource) -> None:
        given = listed(argument(resource, "policy_names"))
        missing = frozenset(name for one in given for name in missing_of(building.names.resolved(one)))
        for found, _ in building.holders(resource, f"{kind}_name", kind):
            building.own("inline", found.holder, map(shown, given), resource, missing | found.missing)

    return handle


HANDLERS: Mapping[str, Handler] = {
    "aws_iam_group_membership": _group_membership,
    "aws_iam_user_group_membership": _user_group_membership,
    "aws_iam_policy_attachment": _policy_attachment,
    **{f"aws_iam_{kind}_policy_attachment": _attachment(kind) for kind in _KINDS},
    **{f"aws_iam_{kind}_policy": _inline(kind) for kind in _KINDS},
    **{f"aws_iam_{kind}_policy_attachments_exclusive": _attachments_exclusive(kind) for kind in _KINDS},
    **{f"aws_iam_{kind}_policies_exclusive": _inline_exclusive(kind) for kind in _KINDS},
}
