"""Exit codes: 0 clean, 1 findings, 2 something could not be read, 3 a bug of ours."""

from __future__ import annotations

from iamgen_rules.engine.report import Report
from iamgen_rules.rule import SEVERITIES
from iamgen_rules.settings import Settings

CLEAN, FINDINGS, UNREADABLE, BUG = 0, 1, 2, 3


def exit_code(report: Report, settings: Settings) -> int:
    """What the process exits with. Findings are told beside whatever else there is, which outranks them."""
    if report.broken:
        return BUG
    nothing = not report.files or (report.uninstalled and not report.principals)
    if report.errors or nothing:
        return UNREADABLE
    return FINDINGS if _fails(report, settings) else CLEAN


def _fails(report: Report, settings: Settings) -> bool:
    """Whether it fails; `never` means never, `strict` also fails on what is not known."""
    if settings.fail_on == "never":
        return False
    if settings.strict and (report.uninstalled or any(one.verdict == "undecided" for one in report.principals)):
        return True
    least = 0 if settings.strict else SEVERITIES.index(settings.fail_on)
    return any(one.counts and SEVERITIES.index(one.severity) >= least for one in report.findings)
