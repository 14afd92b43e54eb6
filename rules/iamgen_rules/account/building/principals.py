"""Users, groups, roles, policies: what the resources that declare them say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iamgen_rules.account.building.building import Building
from iamgen_rules.account.building.names import KINDS, Found, Holder, name_of
from iamgen_rules.account.building.texts import argument, blocks, listed, place_of, shown, text
from iamgen_rules.account.model import ManagedPolicy
from iamgen_rules.account.resource import Resource
from iamgen_rules.policy.text import Unknown, missing_of

Handler = Callable[[Building, Resource], None]


def _user_or_group(building: Building, resource: Resource) -> None:
    building.declare(resource)


def _role(building: Building, resource: Resource) -> None:
    draft = building.declare(resource)
    if draft.trust is None:
        place = place_of(resource, "assume_role_policy")
        trust = argument(resource, "assume_role_policy")
        draft.trust, draft.trust_origin = building.documents.read(trust, resource.address, place, "trust")
    found = Found(Holder("role", shown(name_of(resource)).lower()))
    _managed(building, resource, found)
    _inline(building, resource, found)


def _managed(building: Building, resource: Resource, found: Found) -> None:
    """`managed_policy_arns`: exclusive. Where it is not set the provider leaves it as it is."""
    given = argument(resource, "managed_policy_arns")
    if given is None:
        return
    place = place_of(resource, "managed_policy_arns")
    arns = [building.names.policy(one) for one in listed(given)]
    for arn in arns:
        building.say("attached", found, arn, resource, place)
    building.own("attached", found.holder, arns, resource, building.names.unsure(listed(given)))


def _inline(building: Building, resource: Resource, found: Found) -> None:
    """Blocks `inline_policy`: exclusive; an empty one says that there are none."""
    given = list(blocks(argument(resource, "inline_policy")))
    if not given:
        return
    place, names, missing = place_of(resource, "inline_policy"), list[str](), frozenset[str]()
    for block in given:
        if isinstance(block, Unknown):
            missing |= missing_of(block)
            building.inline(found, shown(block), block, resource, place)
        elif text(block.get("policy")) is not None:
            name = shown(text(block.get("name")) or "")
            names.append(name)
            building.inline(found, name, block.get("policy"), resource, place)
    building.own("inline", found.holder, names, resource, missing)


def _policy(building: Building, resource: Resource) -> None:
    arn = shown(building.names.arn_of(resource))
    if arn not in building.policies:
        place = place_of(resource, "policy")
        document, origin = building.documents.read(argument(resource, "policy"), resource.address, place)
        building.policies[arn] = ManagedPolicy(arn, document, resource.place, origin=origin)


def _login_profile(building: Building, resource: Resource) -> None:
    for found, _ in building.holders(resource, "user", "user"):
        if not found.missing | building.given(resource, found.holder):
            building.drafts[found.holder].password = True


def _access_key(building: Building, resource: Resource) -> None:
    """A key whose secret the state will hold: with `pgp_key` it is encrypted there."""
    if text(argument(resource, "status")) != "Inactive" and argument(resource, "pgp_key") is None:
        for found, _ in building.holders(resource, "user", "user"):
            if not found.missing | building.given(resource, found.holder):
                building.drafts[found.holder].access_keys.append(resource.place)


HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(KINDS, _user_or_group),
    "aws_iam_role": _role,
    "aws_iam_policy": _policy,
    "aws_iam_user_login_profile": _login_profile,
    "aws_iam_access_key": _access_key,
}
