"""The JSON Schema: it is the committed one, it is valid, and it agrees with the loader as far as a schema can."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from iamgen.files import default_text
from iamgen.load import load
from iamgen.load import schema as schema_of_load
from iamgen.schema import schema
from iamgen_rules.errors import InputError

ROOT = Path(__file__).parent.parent
ROSTERS = ROOT / "tests" / "rosters"
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:Get*","Resource":"*"}]}'

# PyYAML follows the merge key in the other one to an alias that does not exist.
READABLE = sorted(file for file in (ROSTERS / "bad").glob("*.yaml") if file.stem != "yaml_features")

# What only the loader knows: what several fields say together, AWS's policies, files, YAML, and ranges of durations.
BEYOND_A_SCHEMA = {
    "ages",
    "documents",
    "needless_reason",
    "no_groups",
    "only_lint",
    "reasons",
    "unique",
}


class EditorLoader(yaml.SafeLoader):
    """YAML with the types of its core schema, as most editors have it: `on` is text, 012 is twelve."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"(?:true|false)$", "tf"),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*$", "-+0123456789"),
    ("null", r"(?:|~|null)$", ["~", "n", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def violations(text: str) -> list[str]:
    """What an editor would underline."""
    data = yaml.load(text, EditorLoader)  # noqa: S506 - a SafeLoader
    errors = jsonschema.Draft202012Validator(schema()).iter_errors(data)
    return [f"{error.json_path}: {error.message}" for error in errors]


def test_the_committed_schema_is_this_one() -> None:
    committed = (ROOT / "docs" / "iamgen.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(schema(), indent=2) + "\n"
    assert schema_of_load is schema


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_field_is_described() -> None:
    sections = [schema(), *schema()["$defs"].values()]
    fields = [field for section in sections for field in section["properties"].values()]
    assert all(field["description"] for field in fields)
    assert len(fields) > 40


@pytest.mark.parametrize("file", sorted((ROSTERS / "good").glob("*.yaml")), ids=lambda file: file.stem)
def test_it_accepts_good_rosters(file: Path) -> None:
    assert violations(file.read_text(encoding="utf-8")) == []


def test_it_accepts_the_default() -> None:
    assert violations(default_text()) == []


@pytest.mark.parametrize("file", READABLE, ids=lambda file: file.stem)
def test_it_refuses_bad_rosters_where_it_can(file: Path) -> None:
    assert bool(violations(file.read_text(encoding="utf-8"))) is (file.stem not in BEYOND_A_SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "account: 123456789012",
        "account: '012345678901'",
        "users: [{name: 123}, {name: on}]",
        "tags: {stage: 1, on: true, ratio: 1.5}",
        "sudo_roles: [{name: R, trusted_accounts: [123456789012]}]",
        "mfa:\ngroups:\nusers: ~\ntags:",
        "mfa: {exists: true, max_age: 90s}",
        "path: /a/b/",
    ],
)
def test_both_accept(text: str) -> None:
    text = f"version: 1\n{text}"
    load(text, "f", lambda _: POLICY)
    assert violations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "version: 2",
        "version: 1\naccount: 1234567890123",
        "version: 1\naccount: '123'",
        "version: 1\nmfa: {max_age: 12}",
        "version: 1\nmfa: {exists: maybe}",
        "version: 1\nmfa: {self_service: [keys]}",
        "version: 1\nmfa: {description: '緊急'}",
        "version: 1\npath: ops",
        "version: 1\ntags: {x: [y]}",
        "version: 1\nusers: [{name: al ice}]",
        "version: 1\nusers: [{groups: []}]",
        "version: 1\nusers: {name: al}",
        "version: 1\nsudo_roles: [{name: R, policies: [{name: x}]}]",
        "version: 1\ngroups: [{name: ops, sudo: ['arn:aws:iam::123456789012:user/x']}]",
        "version: 1\ngroups: [{name: ops, sudo: ['arn:aws:iam::123456789012:role/*']}]",
        "version: 1\ngroups: [{name: ops, users_variable: 1st}]",
        "version: 1\ncolour: red",
    ],
)
def test_both_refuse(text: str) -> None:
    with pytest.raises(InputError):
        load(text, "f", lambda _: POLICY)
    assert violations(text) != []


def test_where_a_yaml_number_would_lose_its_text_the_loader_keeps_it() -> None:
    found: Any = load("version: 1\naccount: 012345678901\nusers: [{name: 007}]", "f", lambda _: POLICY).roster
    assert (found.account, found.users[0].name) == ("012345678901", "007")
