"""What calls are made on: everybody declared, and names that nobody declares but policies may match."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from account.oracle.contexts import Target
from account.oracle.requests import View
from account.oracle.world import Party, arn
from iamgen_rules.account.model import ACCOUNT

SERVICE_NAMES = ("/nobody", ":nobody", ":dev-x")


def declared(view: View, party: Party, *, trust: int = -1, **keys: str) -> Target:
    """A user, group or role, with its tags and boundary as they are now."""
    found = {key.replace("_", ":", 1): value for key, value in keys.items()}
    if party.boundary and "iam:permissionsboundary" in view.book.spoken.keys:
        found.setdefault("iam:permissionsboundary", party.boundary)
    return Target(party.arn, tuple(sorted(found.items())), party.tags, party.tags_free, trust)


def ghosts(view: View, kind: str, **keys: str) -> list[Target]:
    """Undeclared users, groups, roles or policies."""
    taken = {party.name for party in view.state.parties if party.kind == kind}
    if kind == "policy":
        taken = {policy.rsplit("/", 1)[-1] for policy in view.policies}
    found = tuple(sorted((key.replace("_", ":", 1), value) for key, value in keys.items()))
    names = [name for name in _ghost_names(view, kind) if name.rsplit("/", 1)[-1] not in taken]
    if "/nobody" not in names:
        names.append("/another")  # the attacker has made somebody of that name
    return [Target(f"arn:aws:iam::{ACCOUNT}:{kind}{name}", found) for name in names]


def _ghost_names(view: View, kind: str) -> list[str]:
    """A name that no policy mentions, and one for each resource of this kind that one names."""
    return ["/nobody", *dict.fromkeys(name for text in view.book.spoken.resources for name in _matching(text, kind))]


def _matching(text: str, kind: str) -> Iterator[str]:
    found = re.fullmatch(f"arn:aws:iam:[^/]*:{kind}(/.*)", text)
    if found is not None and "$" not in text:
        yield found[1].replace("*", "9").replace("?", "9")


def policies(view: View) -> Iterator[str]:
    """The ARNs of the account's own policies."""
    yield from (policy for policy in view.policies if policy.split(":")[4] == ACCOUNT)


def on_service(action: str) -> list[Target]:
    """Things of a service that need not exist."""
    service = action.split(":", 1)[0]
    types = facts()["targets"].get(action, ["*"])
    if types == ["*"]:
        return [Target("*")]
    start = f"arn:aws:{service}:eu-west-1:{ACCOUNT}:"
    return [Target(f"{start}{type_}{name}") for type_ in types for name in SERVICE_NAMES]


class Path(NamedTuple):
    actions: tuple[str, ...]
    passed_to: tuple[str, ...]


def new_compute() -> list[Path]:
    """Ways to pass a role to new compute."""
    return [
        Path(tuple(one["actions"]), tuple(one["passed_to"]))
        for one in facts()["paths"]
        if one["category"] == "new-passrole" and one["passed_to"]
    ]


def old_compute() -> list[Path]:
    """Ways to take over compute that has a role; cloudformation-004 and -005 count among them."""
    return [
        Path(tuple(one["actions"]), ())
        for one in facts()["paths"]
        if one["category"] == "existing-passrole" or (one["category"] == "new-passrole" and not one["passed_to"])
    ]


@cache
def facts() -> Mapping[str, Any]:
    """The escalation paths as they stand in the package's data."""
    text = resources.files("iamgen_rules").joinpath("data", "escalation_paths.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def device(name: str) -> Target:
    return Target(arn("mfa", name))
