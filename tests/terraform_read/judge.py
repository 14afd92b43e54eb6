"""Modules of our own, applied by Terraform, and what reading them says: attribute by attribute.

What is applied is in the state with all its attributes, so that what the provider works out is compared, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from iamgen_rules.account.resource import Resource, digits_of
from iamgen_rules.terraform.aws.schema import is_relevant

from .apply_only import UNKNOWN
from .trees import shown

MOTO = "123456789012"
_POLICIES = ("policy", "assume_role_policy")
_DEFAULTS = {"effect": "Allow"}  # of blocks
# What only the apply gives a value, by how it ends: names after a prefix, ids.
_HOLE = re.compile(
    r"\?module\.[^?]+\.(?:name|policy_id)\?|\?module\.[^?]+\.data\.[^?]+\.path\?|\?module\.[^?]+\.aws_organizations_[^?]+\?"
)
_EMPTY: tuple[Any, ...] = (None, "", [], {}, False)
# What the provider changes when it has created something.
OTHERWISE: Mapping[str, frozenset[str]] = {"aws_iam_openid_connect_provider": frozenset({"url"})}


def applied(state: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The instances in a state that say something about IAM, by address."""
    found = _resources(state["values"]["root_module"])
    return {one["address"]: one for one in found if is_relevant(_mode(one), one["type"])}


def planned(plan: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The instances of a plan, with what is known of them before the apply; data sources are read already."""
    read = applied(plan["prior_state"]) if "prior_state" in plan else {}
    return {**read, **applied({"values": plan["planned_values"]})}


def _resources(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources", ())
    for inner in module.get("child_modules", ()):
        yield from _resources(inner)


def _mode(one: Mapping[str, Any]) -> str:
    return "data" if one["mode"] == "data" else "resource"


def differences(resource: Resource, one: Mapping[str, Any]) -> Iterator[str]:
    """What differs in an instance, and what is less known than it should be."""
    kind = f"data {resource.type}" if resource.is_data else resource.type
    allowed = UNKNOWN.get(kind, frozenset()) | OTHERWISE.get(kind, frozenset())
    for name, theirs in one["values"].items():
        ours = _ours(resource, name)
        if name not in allowed and not _fits(_plain(name, ours), _plain(name, theirs)):
            yield f"{resource.address}.{name}: {ours!r} is {theirs!r}"


def _plain(name: str, value: Any) -> Any:
    """Policies as data: the state has them without spaces. Sets have no order; blocks leave out what is not set."""
    if isinstance(value, str) and name in _POLICIES and "?" not in value:
        return json.loads(value)
    if isinstance(value, list):
        return sorted((_plain("", one) for one in value), key=repr)
    if isinstance(value, dict):
        members = {key: _plain("", one) for key, one in sorted(value.items()) if one not in _EMPTY}
        return {key: one for key, one in members.items() if _DEFAULTS.get(key) != one}
    return value


def _fits(ours: Any, theirs: Any) -> bool:
    """Whether it is the same, but for what is not known of ours that has a name only the apply gives a value."""
    if isinstance(ours, str) and isinstance(theirs, str):
        pieces = _HOLE.split(ours)
        return re.fullmatch(".+".join(map(re.escape, pieces)), theirs, re.DOTALL) is not None
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_fits, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_fits(ours[key], theirs[key]) for key in ours)
    return ours == theirs or (ours in _EMPTY and theirs in _EMPTY)


def _ours(resource: Resource, name: str) -> Any:
    value = shown(resource.values.get(name))
    return _in_moto(value, digits_of(resource.provider))


def _in_moto(value: Any, digits: str) -> Any:
    if isinstance(value, str):
        return value.replace(digits, MOTO)
    if isinstance(value, dict):
        return {key: _in_moto(one, digits) for key, one in value.items()}
    return [_in_moto(one, digits) for one in value] if isinstance(value, list) else value
