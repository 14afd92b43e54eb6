"""JUnit's XML: a suite for each root, in it a test for each principal, which fails where a finding names it.

Tests are principals and not findings because a CI compares runs by the names of their tests: an address stays when
lines move, its history is that of the question whether it can act without MFA, and what is gated is seen to pass.
What concerns nobody is a test of its own, named by the rule and the address of what it is about. Low findings and those
that do not count fail no test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from posixpath import normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from iamgen_rules.engine.report import Finding, Principal, Report
from iamgen_rules.engine.summary import in_words, summary
from iamgen_rules.report.colours import Colours
from iamgen_rules.report.naming import at, failed, said
from iamgen_rules.report.overview import worst_first
from iamgen_rules.report.text import block
from iamgen_rules.report.words import safe

_COUNTED = ("failure", "error", "skipped")
_NO_ROOT = "iamgen"


class Outcome(NamedTuple):
    """How a test ended: `failure`, `error`, `skipped` or, where it passed, `system-out` for what is to be said."""

    tag: str
    kind: str
    message: str
    text: str = ""


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - formats are called alike
    """The report as test suites."""
    top = Element("testsuites", {"name": "iamgen lint"})
    for root in dict.fromkeys((*report.roots, *(one.root for one in report.findings))):
        _suite(top, root, [*_principals(root, report), *_causes(root, report)])
    _suite(top, _NO_ROOT, _problems(report), summary_of=report)
    for suite in top:
        suite.attrib |= _counts([suite])
    top.attrib |= {key: value for key, value in _counts(top).items() if key != "skipped"}
    indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="unicode") + "\n"


Test = tuple[str, str, Sequence[Outcome]]


def _suite(top: Element, name: str, tests: Iterable[Test], summary_of: Report | None = None) -> None:
    suite = SubElement(top, "testsuite", {"name": safe(name)})
    for group, test, outcomes in tests:
        case = SubElement(suite, "testcase", {"classname": safe(normpath(f"{name}/{group}")), "name": safe(test)})
        for one in outcomes:
            attributes = {} if one.tag == "system-out" else {"type": one.kind, "message": safe(one.message)}
            SubElement(case, one.tag, attributes).text = "\n".join(map(safe, one.text.split("\n")))
    if summary_of is not None:
        SubElement(suite, "system-out").text = safe(in_words(summary(summary_of)))


def _counts(suites: Iterable[Element]) -> Mapping[str, str]:
    cases = [case for suite in suites for case in suite.iter("testcase")]
    failures, errors, skipped = (sum(case.find(tag) is not None for case in cases) for tag in _COUNTED)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors), "skipped": str(skipped)}


def _principals(root: str, report: Report) -> Iterable[Test]:
    """A test for each principal of the root."""
    named: dict[str, list[Finding]] = {}
    for one in (*worst_first(report), *(one for one in report.findings if not one.counts)):
        for who in one.principals:
            if who.root == root:
                named.setdefault(who.address, []).append(one)
    for principal in report.principals:
        if principal.root == root:
            yield principal.kind, principal.address, _outcomes(principal, named.get(principal.address, ()), report)


def _causes(root: str, report: Report) -> Iterable[Test]:
    """A test for each finding that names nobody who has one."""
    tested = {(one.root, one.address) for one in report.principals}
    for one in report.findings:
        if one.root == root and not any((who.root, who.address) in tested for who in one.principals):
            yield "finding", f"{one.code} {one.name} {one.place.address or at(one.place)}", _judged([one], report)


def _outcomes(principal: Principal, findings: Sequence[Finding], report: Report) -> Sequence[Outcome]:
    judged = _judged(findings, report)
    if principal.verdict != "undecided" or any(one.tag != "system-out" for one in judged):
        return judged
    without = f" without {', '.join(principal.unknowns)}" if principal.unknowns else ""
    return [*judged, Outcome("skipped", "undecided", f"undecided{without}")]


def _judged(findings: Sequence[Finding], report: Report) -> Sequence[Outcome]:
    """One outcome for all findings of a test: most readers show one."""
    bad = [one for one in findings if one.counts and one.severity != "low"]
    if bad:
        return [Outcome("failure", bad[0].code, bad[0].message, _text(bad, report))]
    low = [one for one in findings if one.counts]
    silenced = [one for one in findings if not one.counts]
    told = [Outcome("system-out", "", "", _text(low, report))] if low else []
    return [*told, *(Outcome("skipped", one.code, _why(one)) for one in silenced[:1])]


def _why(one: Finding) -> str:
    return f"{one.code} suppressed: {one.suppressed.reason}" if one.suppressed is not None else f"{one.code} known"


def _text(findings: Iterable[Finding], report: Report) -> str:
    return "\n\n".join("\n".join(block(one, report, Colours(False))) for one in findings)


def _problems(report: Report) -> Iterable[Test]:
    """What could not be read or judged."""
    for bug in report.broken:
        yield "rule", f"{bug.code} {bug.name}", [Outcome("error", "bug", failed(bug), failed(bug))]
    for one in report.errors:
        where = str(one.place)
        yield "file", where, [Outcome("error", "error", said(one), f"{where}: {said(one)}")]
    for source in report.uninstalled:
        yield "module", source, [Outcome("skipped", "uninstalled", "not installed: terraform get")]
