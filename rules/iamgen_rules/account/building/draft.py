"""What is known of a user, group or role while the resources are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from iamgen_rules.account.building.names import Names, path_of
from iamgen_rules.account.building.texts import argument, place_of, text
from iamgen_rules.account.model import SURE, Attachment, Existence
from iamgen_rules.account.resource import Resource
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.identity import Tags
from iamgen_rules.policy.text import Unknown
from iamgen_rules.source import NOWHERE, Origin, Place


@dataclass
class Draft:
    """`existence` says whether it is there; `undeclared`: it is only spoken of."""

    name: str
    path: str = "/"
    tags: Tags = field(default_factory=dict)
    boundary: Attachment | None = None
    place: Place = NOWHERE
    address: str = ""
    existence: Existence = SURE
    undeclared: bool = False
    password: bool = False
    access_keys: list[Place] = field(default_factory=list)
    exclusive: bool = False
    trust: Document | None = None
    trust_origin: Origin | None = None


def declared(resource: Resource, name: str, names: Names) -> Draft:
    """A draft of a resource."""
    boundary = text(argument(resource, "permissions_boundary"))
    return Draft(
        name,
        path_of(resource),
        _tags(resource),
        Attachment(names.policy(boundary), place_of(resource, "permissions_boundary")) if boundary else None,
        resource.place,
        resource.address,
        resource.existence,
    )


def _tags(resource: Resource) -> Tags:
    """With those that the provider configuration adds, where they are known."""
    for name in ("tags_all", "tags"):
        tags = argument(resource, name)
        if isinstance(tags, Unknown):
            return tags
        if isinstance(tags, Mapping):
            return {key: value for key, value in ((key, text(one)) for key, one in tags.items()) if value is not None}
    return {}
