"""One thing in many encodings: who is found to be what, by which finding, and where it stands.

`table.txt` says it by principal, `cases` has the encodings, `variants` says how those are marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import chdir
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from encoded.variants import VARIANTS, Lines, encodings, write
from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.linting import lint
from iamgen_rules.report.text import render
from iamgen_rules.settings import Settings
from iamgen_rules.terraform.inputs import ValuesFile
from iamgen_rules.terraform.read import Options
from lint_cases import TODAY
from screen import too_wide, untold

TABLE = Path(__file__).parent / "table.txt"
SETTINGS = Settings(TODAY)
OPEN = ("IAM001", "IAM002", "IAM003", "IAM010")  # administrators whom nothing gates
_ENCODINGS, _ESCALATIONS = 40, 8  # at least


class Row(NamedTuple):
    """A line of the table; `finding` is a code, or `-`."""

    encoding: str
    variant: str
    kind: str
    name: str
    verdict: str
    finding: str


class Linted(NamedTuple):
    """A variant of an encoding: what is expected of it, and what is said."""

    rows: Sequence[Row]
    marked: Lines
    report: Report

    def findings(self) -> list[Finding]:
        """Those that say that somebody is an administrator without MFA."""
        return [one for one in self.report.findings if one.code in OPEN or one.severity == "critical"]

    def place(self, finding: Finding) -> tuple[str, int]:
        """The file of a finding and its line."""
        return finding.place.document, finding.place.span.line if finding.place.span else 0


@cache
def table() -> Mapping[tuple[str, str], Sequence[Row]]:
    """The rows of the table by encoding and variant."""
    found: dict[tuple[str, str], list[Row]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            row = Row(*line.split())
            found.setdefault((row.encoding, row.variant), []).append(row)
    return found


@pytest.fixture(scope="module", params=[f"{name} {variant}" for name in encodings() for variant in VARIANTS])
def linted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Linted:
    encoding, variant = str(request.param).split()
    folder = tmp_path_factory.mktemp("encoded")
    marked = write(encoding, variant, folder)
    with chdir(folder):
        given = [ValuesFile("given.tfvars")] if Path("given.tfvars").exists() else []
        return Linted(table()[encoding, variant], marked, lint(["."], SETTINGS, Options(given=given)))


def test_everybody_is_judged_as_the_table_says(linted: Linted) -> None:
    assert not linted.report.errors
    assert not linted.report.broken
    found = Counter((one.kind, one.name, one.verdict) for one in linted.report.principals)
    assert found == Counter((row.kind, row.name, row.verdict) for row in linted.rows)


def test_whoever_is_open_is_in_one_finding_and_nobody_else_is_in_any(linted: Linted) -> None:
    found = {(who.kind, who.name, one.code) for one in linted.findings() for who in one.principals}
    assert found == {(row.kind, row.name, row.finding) for row in linted.rows if row.finding != "-"}


def test_findings_stand_at_their_causes_and_every_cause_has_one(linted: Linted) -> None:
    assert {linted.place(one) for one in linted.findings()} == linted.marked


def test_the_first_screen_tells_all_of_it(linted: Linted) -> None:
    text = render(linted.report)
    assert list(untold(linted.report, text)) == []
    assert too_wide(text) == []


def test_every_encoding_is_in_the_table_open_gated_and_broken() -> None:
    assert len(encodings()) >= _ENCODINGS
    assert sum(name.startswith("escalation") for name in encodings()) >= _ESCALATIONS
    assert table().keys() == {(name, variant) for name in encodings() for variant in VARIANTS}
    for (encoding, variant), rows in table().items():
        assert any(row.verdict == "gated" for row in rows) or variant != "gated", encoding
        assert all(row.finding == "-" for row in rows) == (variant == "gated"), encoding
