"""The JSON form: as docs/why.schema.json says, which describes every field and allows no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from iamgen_rules.account.verdict import Class, Verdict
from iamgen_rules.errors import Problem
from iamgen_rules.policy.session import Kind
from iamgen_rules.source import Place
from iamgen_rules.why.answer import Answers, Capability
from iamgen_rules.why.json import render
from why.made import answered
from why.test_capabilities import CASES
from why.test_question import questions

ROOT = Path(__file__).parent.parent.parent
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "why.schema.json").read_text(encoding="utf-8"))
DEFINED: dict[str, Any] = SCHEMA["$defs"]


def written(*answers: Any, errors: tuple[Problem, ...] = ()) -> dict[str, Any]:
    """Answers, written and read; as the schema says."""
    text = render(Answers(answers, errors))
    assert text.isascii()
    found: dict[str, Any] = json.loads(text)
    problems = jsonschema.Draft202012Validator(SCHEMA).iter_errors(found)
    assert [f"{problem.json_path}: {problem.message}" for problem in problems] == []
    return found


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that is about an object with fields."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        schema = list(schema.values())
    for one in schema if isinstance(schema, list) else ():
        yield from objects(one)


def test_the_schema_describes_every_field_wants_it_and_allows_no_other() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = list(objects(SCHEMA))
    assert len(found) == 10
    for one in found:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert all(field.get("description") for field in one["properties"].values())


def test_the_schema_knows_every_value_of_our_types() -> None:
    principal = DEFINED["principal"]["properties"]
    assert sorted(principal["class"]["enum"]) == sorted(get_args(Class))
    assert sorted(principal["verdict"]["enum"]) == sorted(get_args(Verdict))
    assert sorted(DEFINED["session"]["enum"]) == sorted(Kind)
    assert sorted(DEFINED["capability"]["properties"]["capability"]["enum"]) == sorted(get_args(Capability))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_answer_is_as_the_schema_says(case: Mapping[str, Any]) -> None:
    (found,) = written(answered(case))["principals"]
    assert [row["capability"] for row in found["capabilities"]][:3] == ["administrator", "full", "power"]
    assert all([*row["sessions"]] == found["sessions"] for row in found["capabilities"])
    assert found["question"] is None


@pytest.mark.parametrize(("case", "action", "resource", "expected"), [*questions()][:8])
def test_every_reply_is_as_the_schema_says(case: Mapping[str, Any], action: str, resource: str, expected: str) -> None:
    (found,) = written(answered(case, action, resource or None))["principals"]
    said = {"no": "denied", "unknown": "unknown", "yes": "allowed"}
    assert " ".join(said[reply["allowed"]] for reply in found["question"]["replies"]) == expected
    assert found["capabilities"] == found["statements"] == found["proof"] == []


def test_what_could_not_be_read_is_told() -> None:
    found = written(errors=(Problem(Place("bad.tf"), "cannot be read"),))
    assert found["errors"] == [{"file": "bad.tf", "line": None, "message": "cannot be read"}]
