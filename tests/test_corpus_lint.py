"""Configuration that others have written, linted: who is reported is whom people have said to be open.

They have labelled administrators (`labels.json`): gated, ungated, or unknowable. Addresses are compared without
instances; roles are not labelled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from iamgen_rules.engine.report import Report
from iamgen_rules.linting import lint
from iamgen_rules.settings import Settings
from lint_cases import TODAY

OPEN = ("IAM001", "IAM002", "IAM003", "IAM010")  # administrators whom nothing gates
_DIRECTORIES = 10  # at least

# Labelled ungated and not reported: what is said of them instead, and why.
DISAGREEMENTS: Mapping[tuple[str, str], tuple[str | None, str]] = {
    ("72-slaw-terraform", "aws_iam_user.administrators"): (
        "undecided",
        "who they are is a variable without a value; the group that makes them administrators is reported",
    ),
    ("91-iam-vulnerable-tool-testing", "aws_iam_user.fn1-privesc3-partial-user"): (
        "not-admin",
        "iam:PassRole and ec2:RunInstances need an administrator role for EC2; none is declared",
    ),
    ("104-kics-full-permissions-positive1", "aws_iam_user.user"): (
        None,
        "no such user is declared: the policy's user is a reference that Terraform refuses",
    ),
}


class Case(NamedTuple):
    """A directory: its labels, and what is said of it."""

    name: str
    labels: Mapping[str, Any]
    report: Report

    def labelled(self, mfa: str) -> set[str]:
        """The administrators with a label."""
        return {_plain(one["address"]) for one in self.labels["principals"] if one["mfa"] == mfa}

    def ungated(self) -> set[str]:
        """Who is labelled ungated; `must_flag` is the stronger word."""
        return self.labelled("ungated") | set(map(_plain, self.labels["must_flag"]))

    def arguable(self) -> set[str]:
        """Who may be reported."""
        return set(map(_plain, self.labels["may_flag"]))

    def reported(self) -> set[str]:
        """Users and groups who act as administrators without MFA, by any finding."""
        said = (one for one in self.report.findings if one.code in OPEN or one.severity == "critical")
        return {_plain(who.address) for one in said for who in one.principals if who.kind != "role"}

    def verdicts(self) -> Mapping[str, str]:
        """The verdict on everybody."""
        return {_plain(one.address): one.verdict for one in self.report.principals}


def _plain(address: str) -> str:
    return re.sub(r"\[[^]]*\]$", "", address)


@cache
def _cases(shared: Path) -> Sequence[Case]:
    return tuple(_read(shared))


def _read(shared: Path) -> Iterator[Case]:
    for file in sorted((shared / "corpus").glob("*/labels.json")):
        labels = json.loads(file.read_text(encoding="utf-8"))
        yield Case(file.parent.name, labels, lint([str(file.parent)], Settings(TODAY)))


@pytest.fixture
def cases(shared: Path) -> Sequence[Case]:
    found = _cases(shared)
    assert len(found) >= _DIRECTORIES
    return found


def test_nobody_who_is_gated_is_reported(cases: Sequence[Case]) -> None:
    assert sum(len(one.labelled("gated")) for one in cases) >= _DIRECTORIES
    assert {
        one.name: one.reported() & one.labelled("gated") for one in cases if one.reported() & one.labelled("gated")
    } == {}


def test_nothing_is_reported_where_all_is_well(cases: Sequence[Case]) -> None:
    clean = [one for one in cases if one.labels["verdict"] == "clean"]
    assert len(clean) >= _DIRECTORIES // 2
    assert {one.name: one.reported() for one in clean if one.reported()} == {}


def test_nobody_who_is_open_is_missed_but_for_a_reason(cases: Sequence[Case]) -> None:
    missed = {
        (one.name, address): one.verdicts().get(address) for one in cases for address in one.ungated() - one.reported()
    }
    assert missed == {key: verdict for key, (verdict, _) in DISAGREEMENTS.items()}


def test_precision_and_recall(cases: Sequence[Case], record_property: Callable[[str, object], None]) -> None:
    reported = sum(len(one.reported()) for one in cases)
    right = sum(len(one.reported() & (one.ungated() | one.arguable())) for one in cases)
    open_ = sum(len(one.ungated()) for one in cases)
    found = sum(len(one.reported() & one.ungated()) for one in cases)
    record_property(
        "judged",
        f"{len(cases)} directories; precision {right}/{reported}, recall {found}/{open_}, by principal; "
        f"{len(DISAGREEMENTS)} labels disputed, with the reason",
    )
    assert right == reported
    assert found + len(DISAGREEMENTS) == open_
