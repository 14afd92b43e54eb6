"""What is open, in a few lines, for reports that are longer than a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.report.naming import at, names, some
from iamgen_rules.report.words import wrap
from iamgen_rules.rule import SEVERITIES

if TYPE_CHECKING:
    from iamgen_rules.who import Who

_LINES = 20  # leaves a line for what comes before, one for what is left out, and one between this and the first finding
_NAMES = 6

Open = frozenset[tuple[str, str]]


def worst_first(report: Report) -> list[Finding]:
    """The findings that count: by severity, then as the report has them."""
    counting = [one for one in report.findings if one.counts]
    return sorted(counting, key=lambda one: -SEVERITIES.index(one.severity))


def overview(report: Report) -> list[str]:
    """How many act as administrators without MFA; for each place that leaves it open, who, and where to mend it."""
    open_ = frozenset((one.root, one.address) for one in report.principals if one.verdict == "ungated")
    causes = _causes(worst_first(report), open_)
    if not causes:
        return []
    told = {(who.root, who.address) for one in causes for who in _left_open(one, open_)}
    act = "principal acts as an administrator" if len(told) == 1 else "principals act as administrators"
    head = wrap(f"{len(told)} {act} without MFA; `iamgen why NAME` tells how:")
    return [*head, *_entries([_entry(one, report, open_) for one in causes])]


def _causes(findings: Sequence[Finding], open_: Open) -> list[Finding]:
    """As few of the worst findings as name everybody who is left open by any."""
    told: set[tuple[str, str]] = set()
    causes: list[Finding] = []
    for one in findings:
        new = {(who.root, who.address) for who in _left_open(one, open_)}
        if (one.severity == "critical" and new) or new - told:
            causes.append(one)
            told |= new
    return causes


def _left_open(finding: Finding, open_: Open) -> list[Who]:
    return [who for who in finding.principals if (who.root, who.address) in open_]


def _entry(finding: Finding, report: Report, open_: Open) -> list[str]:
    whom = _left_open(finding, open_)
    called = some([names(report).of(who) for who in whom[:_NAMES]], len(whom))
    where = at(finding.fix.place) if finding.fix is not None else ""
    told = "fix there" if where == at(finding.place) else f"fix: {where}"
    fix = f"; {told}" if where else ""
    return wrap(f"{finding.place}: {finding.code} {called}{fix}", "  ", "      ")


def _entries(entries: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for number, entry in enumerate(entries):
        if len(lines) + len(entry) > _LINES:
            return [*lines, f"  and {len(entries) - number} more"]
        lines += entry
    return lines
