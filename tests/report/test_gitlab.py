"""GitLab's form: what "Code Quality report format" wants of a report, and what else it says."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from iamgen_rules.engine.report import Report
from iamgen_rules.report import FORMATS
from iamgen_rules.rule import Severity
from report.made import ALICE, REPORTS, at, finding, report

# The properties that GitLab reads, as its documentation lists them.
DOCUMENTED = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)[^\x00-\x1f]+$"},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def entries(one: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FORMATS["gitlab"](one))
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_it_is_as_gitlab_documents_it(name: str) -> None:
    jsonschema.validate(entries(REPORTS[name]), DOCUMENTED)


@pytest.mark.parametrize("name", REPORTS)
def test_fingerprints_are_unique_for_gitlab_shows_one_of_each(name: str) -> None:
    fingerprints = [one["fingerprint"] for one in entries(REPORTS[name])]
    assert len(set(fingerprints)) == len(fingerprints)


def test_a_finding_in_full() -> None:
    (entry,) = entries(REPORTS["example"])
    assert entry == {
        "description": "IAM004: the MFA condition misses access keys: 2 administrators act without MFA (alice, bob). "
        "Fix: use BoolIfExists",
        "check_name": "mfa-condition-misses-sessions",
        "fingerprint": REPORTS["example"].findings[0].fingerprint,
        "severity": "blocker",
        "location": {"path": "mfa.tf", "lines": {"begin": 8}},
    }


@pytest.mark.parametrize(
    ("severity", "expected"), [("critical", "blocker"), ("high", "critical"), ("medium", "major"), ("low", "minor")]
)
def test_severities_keep_their_order(severity: Severity, expected: str) -> None:
    (entry,) = entries(report([finding("IAM001", None, ALICE, severity=severity)]))
    assert entry["severity"] == expected


@pytest.mark.parametrize(("document", "path"), [("./a/b.tf", "a/b.tf"), ("a//b.tf", "a/b.tf"), ("a\\b.tf", "a/b.tf")])
def test_a_path_is_relative_and_plain(document: str, path: str) -> None:
    (entry,) = entries(report([finding("IAM001", at(document, 2), ALICE)]))
    assert entry["location"]["path"] == path


@pytest.mark.parametrize("name", ["suppressed", "baseline", "nothing found", "no principals"])
def test_what_does_not_count_is_not_there(name: str) -> None:
    assert entries(REPORTS[name]) == []


def test_what_could_not_be_read_or_judged_is_an_entry_too() -> None:
    _, *others = entries(REPORTS["errors"])
    assert [(one["check_name"], one["description"], one["location"]["path"]) for one in others] == [
        ("iamgen-error", "a syntax error", "bad.tf"),
        ("iamgen-error", "cannot be read", "gone.tf"),
    ]
    (bug,) = entries(REPORTS["broken"])
    assert bug["description"] == "IAM004 mfa-condition-misses-sessions failed: KeyError: 'x' (faults.py:12)"


def test_fingerprints_of_errors_are_the_same_in_the_next_run() -> None:
    first, second = (entries(REPORTS["errors"]) for _ in range(2))
    assert [one["fingerprint"] for one in first] == [one["fingerprint"] for one in second]
