"""Known ways from some rights to all rights: which actions, on what, and which services a role is passed to.

The facts and their sources are in `data/escalation_paths.json`, which is read when it is first asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

Category = Literal["self-escalation", "principal-access", "new-passrole", "existing-passrole"]
_FILE = "escalation_paths.json"
_NO_RESOURCE = ("*",)


class Path(NamedTuple):
    """An escalation: all of the actions are needed. `passed_to` are the services that may be given a role."""

    id: str
    category: Category
    actions: tuple[str, ...]
    passed_to: tuple[str, ...]
    source: str


@cache
def paths() -> tuple[Path, ...]:
    """The paths of pathfinding.cloud, in its order."""
    return tuple(
        Path(one["id"], one["category"], tuple(one["actions"]), tuple(one["passed_to"]), one["source"])
        for one in _data()["paths"]
    )


@cache
def known_sets() -> Mapping[str, frozenset[str]]:
    """What other catalogues name: the id there, and the actions."""
    return {one["id"]: frozenset(one["actions"]) for name in ("rhino", "cloudsplaining") for one in _data()[name]}


def target_types(action: str) -> tuple[str, ...]:
    """The types of resource that an action is judged on; `*` alone where it takes none, or is not known."""
    return _targets().get(action.lower(), _NO_RESOURCE)


@cache
def outside_the_gate() -> tuple[tuple[str, ...], ...]:
    """Sets of actions that make a principal on which no gate is."""
    return tuple(tuple(actions) for actions in _data()["outside_the_gate"])


@cache
def ungating() -> Mapping[str, tuple[str, ...]]:
    """Actions that take a Deny away, by how: `remove`, `rewrite`, `relabel`."""
    return {how: tuple(actions) for how, actions in _data()["ungating"].items()}


@cache
def weakening_exemptions() -> Mapping[str, str]:
    """Actions that a gate should not exempt, and why."""
    return dict(_data()["weakening_exemptions"])


@cache
def _targets() -> Mapping[str, tuple[str, ...]]:
    return {action.lower(): tuple(types) for action, types in _data()["targets"].items()}


@cache
def _data() -> Mapping[str, Any]:
    from importlib import resources  # as slow to import as the rest of a start

    text = resources.files("iamgen_rules").joinpath("data", _FILE).read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found
