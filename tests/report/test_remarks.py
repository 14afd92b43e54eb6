"""What is said beside findings."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.engine.report import Report
from iamgen_rules.errors import Problem
from iamgen_rules.report.text import render
from iamgen_rules.source import Place

NOTHING = Report("1.2.3", {}, (), (), files=1)


def test_what_was_judged_for_nobody_is_told_up_to_a_bound() -> None:
    some = tuple(Problem(Place(f"{one:02}.tf"), "a user that is not known: var.name") for one in range(12))
    lines = render(replace(NOTHING, unplaced=some)).splitlines()
    assert lines[0] == "00.tf: judged for nobody:  a user that is not known: var.name"
    assert lines[9] == "09.tf: judged for nobody:  a user that is not known: var.name"
    assert lines[10] == "judged for nobody: 2 more"
    assert "judged for nobody" not in render(NOTHING)
