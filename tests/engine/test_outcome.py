"""What the process exits with, and the line that ends the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.made import at, report, settings, violation, who
from iamgen_rules.engine.exits import exit_code
from iamgen_rules.engine.report import Broken, Principal, Report
from iamgen_rules.engine.summary import in_words, summary
from iamgen_rules.errors import Problem
from iamgen_rules.rule import SEVERITIES, Severity
from iamgen_rules.settings import Ignore
from iamgen_rules.source import Place

CLEAN = report({})
PROBLEM = Problem(Place("a.tf"), "cannot be read")
FAIL_ON = ("low", "medium", "high", "critical", "never")


def of(*severities: Any) -> Report:
    """A report with findings of these severities."""
    return report({"IAM004": [violation(at("a.tf", n), severity=one) for n, one in enumerate(severities)]})


def somebody(verdict: Any, *unknowns: str) -> Principal:
    """Who has a verdict."""
    return Principal("user", "zoe", "aws_iam_user.zoe", "full", verdict, unknowns, Place("a.tf"), ".", "aws")


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("fail_on", FAIL_ON)
def test_it_fails_on_findings_as_severe_as_it_is_told(severity: Severity, fail_on: Any) -> None:
    expected = fail_on != "never" and SEVERITIES.index(severity) >= FAIL_ON.index(fail_on)
    assert exit_code(of(severity), settings(fail_on=fail_on)) == expected


def test_medium_fails_and_low_does_not_unless_it_is_strict() -> None:
    assert exit_code(of("medium"), settings()) == 1
    assert exit_code(of("low"), settings()) == 0
    assert exit_code(of("low"), settings(strict=True)) == 1
    assert exit_code(of(), settings(strict=True)) == 0


def test_strict_fails_on_what_is_not_known() -> None:
    undecided = replace(CLEAN, principals=(somebody("undecided"),))
    partly = replace(CLEAN, uninstalled=("./modules/iam",))
    for one in (undecided, partly):
        assert exit_code(one, settings()) == 0
        assert exit_code(one, settings(strict=True)) == 1
        assert exit_code(one, settings(strict=True, fail_on="never")) == 0


def test_what_is_suppressed_or_known_does_not_fail() -> None:
    one = violation(at("a.tf", 1), who("alice"))
    assert exit_code(report({"IAM004": [one]}, ignores=[Ignore("IAM004", "*", "x")]), settings()) == 0
    found = of("critical")
    known = replace(found, findings=tuple(replace(each, baseline=True) for each in found.findings))
    assert exit_code(known, settings(strict=True)) == 0


def test_what_is_stale_does_not_fail() -> None:
    assert exit_code(replace(CLEAN, stale=(PROBLEM,)), settings(strict=True)) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"errors": (PROBLEM,)},
        {"files": 0},
        {"principals": (), "uninstalled": ("./modules/iam",)},
    ],
)
def test_what_was_not_read_outranks_findings_and_a_bug_outranks_it(changed: dict[str, Any]) -> None:
    unread = replace(of("critical"), **changed)
    assert exit_code(unread, settings(fail_on="never")) == 2
    assert exit_code(replace(unread, broken=(Broken("IAM004", "x", "KeyError", "x.py:1"),)), settings()) == 3


def test_terraform_without_iam_is_clean() -> None:
    assert exit_code(replace(CLEAN, principals=()), settings()) == 0


# The summary

NOTHING = replace(CLEAN, principals=())
SUMMARIES = [
    (NOTHING, "0 findings. 0 principals. 1 file."),
    (replace(NOTHING, files=14), "0 findings. 0 principals. 14 files."),
    (
        replace(
            of("high", "critical", "critical"),
            principals=(
                *(somebody("ungated") for _ in range(2)),
                *(somebody("gated") for _ in range(3)),
                somebody("elsewhere"),
                somebody("undecided", "var.ops_policy"),
            ),
            files=14,
        ),
        (
            "3 findings (2 critical, 1 high). "
            "7 principals: 2 ungated, 3 gated, 1 elsewhere, 1 undecided (var.ops_policy). 14 files."
        ),
    ),
    (replace(of("low"), principals=(somebody("undecided"),)), "1 finding (1 low). 1 principal: 1 undecided. 1 file."),
    (
        replace(NOTHING, principals=(somebody("undecided", *"gfedcba"), somebody("undecided", "a"))),
        "0 findings. 2 principals: 2 undecided (a, b, c, d, e, and 2 more). 1 file.",
    ),
    (
        replace(NOTHING, principals=(somebody("not-admin"), somebody("gated", "var.unasked"))),
        "0 findings. 2 principals: 1 gated, 1 no administrator. 1 file.",
    ),
]


@pytest.mark.parametrize(("found", "words"), SUMMARIES, ids=range(len(SUMMARIES)))
def test_a_report_in_numbers(found: Report, words: str) -> None:
    assert in_words(summary(found)) == words


def test_what_does_not_count_is_told_apart() -> None:
    one, other = violation(at("a.tf", 1), who("alice")), violation(at("a.tf", 2), who("bob"))
    found = report({"IAM004": [one, other]}, ignores=[Ignore("IAM004", "aws_iam_user.alice", "x")])
    known = replace(found, findings=tuple(replace(each, baseline=True) for each in found.findings))
    numbers = summary(replace(known, principals=()))
    assert (numbers.suppressed, numbers.baseline, dict(numbers.findings)) == (1, 1, {})
    assert in_words(numbers) == "0 findings, 1 suppressed, 1 known. 0 principals. 1 file."
