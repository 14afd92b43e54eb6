"""The JSON Schema of `iamgen.yaml`, for editors.

An editor types scalars by YAML's rules, the loader by its own: where digits or `true` are fine without
quotes, the schema takes numbers or booleans too. What several fields say together it does not know.
"""

from __future__ import annotations

from typing import Any

from iamgen.fields import show_duration
from iamgen.roster import Roster

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "iamgen.yaml",
    "description": "Who works in an AWS account, and what MFA opens.",
}
_ONLY_LINT = {"required": ["lint"], "maxProperties": 1}  # a file of settings, which is no roster


def schema() -> dict[str, Any]:
    """The schema, draft 2020-12."""
    found = Roster.model_json_schema()
    sections = {name: _section(section) for name, section in sorted(found["$defs"].items())}
    top = _without(_section(found), "description", "required")
    return _HEAD | top | {"anyOf": [{"required": found["required"]}, _ONLY_LINT], "$defs": sections}


def _section(section: dict[str, Any]) -> dict[str, Any]:
    """A mapping whose optional keys may also be empty, as the loader allows."""
    required = section.get("required", [])
    properties = {
        name: _property(one) if name in required else _optional(_property(one))
        for name, one in section["properties"].items()
    }
    return _without(section, "title", "$defs") | {"properties": properties}


def _property(found: dict[str, Any]) -> dict[str, Any]:
    """Without what pydantic adds and no editor needs: titles, null as a default."""
    tidy = _without(found, "title")
    if tidy.get("default") is None:
        tidy = _without(tidy, "default")
    if isinstance(tidy.get("default"), int) and tidy.get("type") == "string":
        tidy["default"] = show_duration(tidy["default"])
    return tidy


def _optional(found: dict[str, Any]) -> dict[str, Any]:
    """The same, or null; as one type where it can be, so that an editor shows one hint."""
    choices = [choice for choice in found.get("anyOf", [found]) if choice != {"type": "null"}]
    only = choices[0] | _without(found, "anyOf")
    if "type" not in only:
        return {**_without(only, "$ref", "default"), "anyOf": [{"$ref": only["$ref"]}, {"type": "null"}]}
    types = only["type"] if isinstance(only["type"], list) else [only["type"]]
    return {**only, "type": [*types, "null"]}


def _without(found: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in keys}
