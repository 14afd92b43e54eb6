"""A report in numbers, and the line that ends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from iamgen_rules.engine.report import Report
from iamgen_rules.rule import SEVERITIES, Severity

if TYPE_CHECKING:
    from iamgen_rules.account.verdict import Verdict

VERDICTS: tuple[Verdict, ...] = ("ungated", "gated", "elsewhere", "undecided", "not-admin")
_MOST_UNKNOWNS = 5


class Summary(NamedTuple):
    """Findings that count by severity, those that do not, principals by verdict, what would decide, files read.

    The worst severity is first, and what is none is not there.
    """

    findings: Mapping[Severity, int]
    suppressed: int
    baseline: int
    principals: Mapping[Verdict, int]
    unknowns: tuple[str, ...]
    files: int


def summary(report: Report) -> Summary:
    """A report in numbers."""
    severities = Counter(one.severity for one in report.findings if one.counts)
    verdicts = Counter(one.verdict for one in report.principals)
    return Summary(
        {one: severities[one] for one in reversed(SEVERITIES) if severities[one]},
        sum(one.suppressed is not None for one in report.findings),
        sum(one.baseline and one.suppressed is None for one in report.findings),
        {one: verdicts[one] for one in VERDICTS if verdicts[one]},
        tuple(sorted({name for one in report.principals if one.verdict == "undecided" for name in one.unknowns})),
        report.files,
    )


def in_words(numbers: Summary) -> str:
    """`3 findings (2 critical, 1 high). 7 principals: 2 ungated, 4 gated, 1 undecided (var.ops_policy). 14 files.`"""
    return f"{_findings(numbers)}. {_principals(numbers)}. {_count(numbers.files, 'file')}."


def _findings(numbers: Summary) -> str:
    severities = ", ".join(f"{number} {severity}" for severity, number in numbers.findings.items())
    said = _count(sum(numbers.findings.values()), "finding") + (f" ({severities})" if severities else "")
    silent = ((numbers.suppressed, "suppressed"), (numbers.baseline, "known"))
    return ", ".join([said, *(f"{number} {word}" for number, word in silent if number)])


def _principals(numbers: Summary) -> str:
    said = _count(sum(numbers.principals.values()), "principal")
    verdicts = [f"{number} {_verdict(verdict, numbers)}" for verdict, number in numbers.principals.items()]
    return f"{said}: {', '.join(verdicts)}" if verdicts else said


def _verdict(verdict: Verdict, numbers: Summary) -> str:
    if verdict == "not-admin":
        return "no administrator" if numbers.principals[verdict] == 1 else "no administrators"
    if verdict != "undecided" or not numbers.unknowns:
        return verdict
    shown = numbers.unknowns[:_MOST_UNKNOWNS]
    more = len(numbers.unknowns) - len(shown)
    return f"{verdict} ({', '.join(shown)}{f', and {more} more' if more else ''})"


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
