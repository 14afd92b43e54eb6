"""The JSON form: as docs/report.schema.json says, which describes every field and allows no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from iamgen_rules.account.model import Kind
from iamgen_rules.account.verdict import Class, Verdict
from iamgen_rules.engine.report import Report
from iamgen_rules.report import FORMATS
from iamgen_rules.rule import SEVERITIES
from report.made import EXAMPLE, HOSTILE, REPORTS, finding, report

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent.parent / "docs" / "report.schema.json").read_text(encoding="utf-8")
)
DEFINED: dict[str, Any] = SCHEMA["$defs"]


def said(name: str) -> dict[str, Any]:
    """A report, written and read."""
    found: dict[str, Any] = json.loads(FORMATS["json"](REPORTS[name]))
    return found


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that is about an object."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        schema = list(schema.values())
    for one in schema if isinstance(schema, list) else ():
        yield from objects(one)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_describes_every_field_wants_it_and_allows_no_other() -> None:
    found = list(objects(SCHEMA))
    assert len(found) == 11
    for one in found:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert all(field.get("description") or "$ref" in field for field in one["properties"].values())


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_report_is_as_the_schema_says(report: Report) -> None:
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(json.loads(FORMATS["json"](report)))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_the_schema_knows_every_value_of_our_types() -> None:
    finding, principal = DEFINED["finding"]["properties"], DEFINED["principal"]["properties"]
    summary = DEFINED["summary"]["properties"]
    assert sorted(finding["severity"]["enum"]) == sorted(SEVERITIES) == sorted(summary["findings"]["properties"])
    assert sorted(principal["class"]["enum"]) == sorted(get_args(Class))
    assert sorted(principal["kind"]["enum"]) == sorted(get_args(Kind))
    assert (
        sorted(principal["verdict"]["enum"]) == sorted(get_args(Verdict)) == sorted(summary["principals"]["properties"])
    )


def test_a_finding_in_full() -> None:
    start = REPORTS["example"].texts["mfa.tf"].index('"Bool"') if REPORTS["example"].texts else -1
    assert said("example")["findings"] == [
        {
            "code": "IAM004",
            "name": "mfa-condition-misses-sessions",
            "severity": "critical",
            "message": "the MFA condition misses access keys: 2 administrators act without MFA",
            "file": "mfa.tf",
            "line": 8,
            "column": 7,
            "end_line": 8,
            "roots": ["."],
            "principals": ["aws_iam_user.alice", "aws_iam_user.bob"],
            "reason": [
                {"file": file, "line": line, "text": one.text}
                for (file, line), one in zip(
                    [("groups.tf", 4), ("groups.tf", 20), ("mfa.tf", 3)], EXAMPLE.reason, strict=True
                )
            ],
            "fix": {
                "file": "mfa.tf",
                "line": 8,
                "text": "use BoolIfExists",
                "edits": [{"file": "mfa.tf", "start": start, "end": start + 6, "new": '"BoolIfExists"'}],
            },
            "fingerprint": EXAMPLE.fingerprint,
            "suppressed": None,
            "baseline": False,
        }
    ]


def test_principals_are_all_there_whatever_was_found_of_them() -> None:
    found = said("example")["principals"]
    assert [(one["name"], one["class"], one["verdict"], one["file"], one["line"]) for one in found] == [
        ("alice", "full", "ungated", "users.tf", 1),
        ("bob", "full", "ungated", "users.tf", 5),
        ("ci", "none", "not-admin", "ci.tf", 1),
    ]


def test_findings_that_do_not_count_are_there_and_say_why() -> None:
    suppressed, known = said("suppressed"), said("baseline")
    assert suppressed["findings"][0]["suppressed"] == {"file": "users.tf", "line": 1, "reason": "break glass"}
    assert (suppressed["summary"]["suppressed"], sum(suppressed["summary"]["findings"].values())) == (1, 0)
    assert (known["findings"][0]["suppressed"], known["findings"][0]["baseline"]) == (None, True)
    assert (known["summary"]["baseline"], sum(known["summary"]["findings"].values())) == (1, 0)


def test_what_has_no_place_is_null() -> None:
    plan, nowhere = said("null places")["findings"]
    assert [plan[key] for key in ("file", "line", "column", "end_line")] == ["plan.json", None, None, None]
    assert [nowhere[key] for key in ("file", "line", "column", "end_line")] == [None, None, None, None]


def test_what_went_wrong_is_told() -> None:
    errors, broken = said("errors"), said("broken")
    assert errors["errors"] == [
        {"file": "bad.tf", "line": 3, "message": "a syntax error"},
        {"file": "gone.tf", "line": None, "message": "cannot be read"},
    ]
    assert errors["summary"]["stale"] == [{"file": "users.tf", "line": 9, "message": "suppresses nothing"}]
    assert errors["summary"]["uninstalled"] == ["git::https://example.com/iam.git"]
    assert errors["summary"]["unknowns"] == ["var.a", "var.b"]
    message = "IAM004 mfa-condition-misses-sessions failed: KeyError: 'x' (faults.py:12)"
    assert broken["errors"] == [{"file": None, "line": None, "message": message}]


def test_principals_of_several_roots_are_told_apart() -> None:
    found = said("several roots")
    assert [(one["root"], one["address"]) for one in found["principals"]] == [
        ("prod", "aws_iam_user.alice"),
        ("test", "aws_iam_user.alice"),
    ]
    assert found["summary"]["roots"] == ["prod", "test", "empty"]


def test_a_cause_of_several_roots_names_each_root_and_each_address_once() -> None:
    (one,) = said("several roots")["findings"]
    assert (one["roots"], one["principals"]) == (["prod", "test"], ["aws_iam_user.alice"])
    (nobodys,) = json.loads(FORMATS["json"](report([finding("IAM004", root="prod")])))["findings"]
    assert (nobodys["roots"], nobodys["principals"]) == (["prod"], [])


def test_hostile_text_arrives_as_it_was_and_is_ascii() -> None:
    assert FORMATS["json"](REPORTS["hostile"]).isascii()
    assert said("hostile")["findings"][0]["message"] == HOSTILE
