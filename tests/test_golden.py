"""Tried as a new user would: what `iamgen lint` says of a root module, and what the first screen of it tells.

`golden` has three root modules of our own, each with the output beside it: `cd team && iamgen lint . > ../team.txt`.
"""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from iamgen_rules.engine.report import Report
from iamgen_rules.linting import lint
from iamgen_rules.report.text import render
from iamgen_rules.settings import Settings
from lint_cases import TODAY
from screen import too_wide, untold

GOLDEN = Path(__file__).parent / "golden"
OURS = ("agency", "modules", "team")
OTHERS = ("56-covid-green-infra", "64-govuk-admins-module")


def linted(folder: Path) -> Report:
    """A root module, linted from within."""
    with chdir(folder):
        report = lint(["."], Settings(TODAY))
    assert any(one.verdict == "ungated" for one in report.principals)
    return report


@pytest.mark.parametrize("name", OURS)
def test_a_report_is_what_it_was(name: str) -> None:
    assert render(linted(GOLDEN / name)) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OURS)
def test_the_first_screen_tells_who_is_open_where_it_comes_from_and_where_to_mend_it(name: str) -> None:
    report = linted(GOLDEN / name)
    assert list(untold(report, render(report))) == []
    assert len(list(untold(report, ""))) > 1
    assert too_wide(render(report)) == []


@pytest.mark.parametrize("name", OTHERS)
def test_it_does_of_what_others_have_written(name: str, shared: Path) -> None:
    report = linted(shared / "corpus" / name)
    assert list(untold(report, render(report))) == []
    assert too_wide(render(report)) == []
