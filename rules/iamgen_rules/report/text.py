"""For people at a terminal: the worst first, 80 columns, and what is open within the first 24 lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.engine.summary import in_words, summary
from iamgen_rules.report.colours import Colours
from iamgen_rules.report.naming import Names, at, names, some
from iamgen_rules.report.overview import overview, worst_first
from iamgen_rules.report.remarks import remarks
from iamgen_rules.report.words import WIDTH, crop, safe, wrap
from iamgen_rules.rule import Fix
from iamgen_rules.source import Place

SCREEN = 24
_SOURCE_LINES = 3
_ALSO = 12
_INDENT = "   "
_HANGING = "     "


def render(report: Report, *, colour: bool = False) -> str:
    """The report in text; `colour` adds ANSI's sequences and changes nothing else."""
    colours = Colours(colour)
    findings = [block(one, report, colours) for one in worst_first(report)]
    others = [*remarks(report, colours), wrap(in_words(summary(report)))]
    first = overview(report) if sum(len(one) + 1 for one in findings) > SCREEN else []
    blocks = [one for one in (first, *findings, *others) if one]
    return "\n\n".join("\n".join(one) for one in blocks) + "\n"


def block(finding: Finding, report: Report, colours: Colours) -> list[str]:
    """A finding: its place and message, the source, the reason, whom else it leaves open, the fix."""
    called = names(report)
    label = f"{finding.code} {finding.severity}"
    where = str(finding.place)
    head = wrap(f"{where}: {label}  {finding.message}" if where else f"{label}  {finding.message}", rest="    ")
    return [
        *colours.severity(head, label, finding.severity),
        *colours.dim(source(finding.place, report)),
        *_reasons(finding),
        *_principals(finding, called),
        *(_fix(finding.fix, colours) if finding.fix is not None else ()),
    ]


def source(place: Place, report: Report) -> list[str]:
    """The lines of a place, with their numbers; of a long one the first; the address where there is no text."""
    text = (report.texts or {}).get(place.document)
    if place.span is None or text is None:
        return wrap(place.address, _INDENT, _HANGING) if place.address else []
    last = place.span.end_line if place.span.end_line < place.span.line + _SOURCE_LINES else place.span.line
    width = max(5, len(str(last)))
    lines = _from(text, place.span.start, last - place.span.line + 1)
    return [_numbered(number, line, width) for number, line in enumerate(lines, place.span.line)]


def _from(text: str, start: int, number: int) -> Iterator[str]:
    """So many lines, from the one that an offset is in."""
    start = text.rfind("\n", 0, start) + 1
    for _ in range(number):
        end = text.find("\n", start)
        yield text[start:] if end < 0 else text[start:end]
        if end < 0:
            return
        start = end + 1


def _numbered(number: int, line: str, width: int) -> str:
    start = f"{number:>{width}} | "
    return start + crop(safe(line.rstrip().expandtabs(4)), WIDTH - len(start))


def _reasons(finding: Finding) -> Iterator[str]:
    """The lines of a reason, each with its place where neither the finding's nor a line so far has named that."""
    so_far = f"{at(finding.place)}\n"
    for line in finding.reason:
        where = "" if line.place is None or line.place.span is None else at(line.place)
        so_far += f"{line.text}\n"
        told = not where or re.search(rf"(?<![\w./-]){re.escape(where)}(?!\d)", so_far)
        text = line.text if told else f"{line.text.rstrip(';')} ({where}){';' * line.text.endswith(';')}"
        so_far += f"{text}\n"
        yield from wrap(text, _INDENT, _HANGING)


def _principals(finding: Finding, called: Names) -> list[str]:
    """Everybody whom it leaves open, but not again the one that the reason is about."""
    also = "also" if finding.reason else "principals"
    others = finding.principals[1 if finding.reason else 0 :]
    more = " (iamgen why NAME)" if len(others) > _ALSO else ""
    shown = some([called.placed(one) for one in others[:_ALSO]], len(others))
    return wrap(f"{also}: {shown}{more}", _INDENT, _HANGING) if others else []


def _fix(fix: Fix, colours: Colours) -> list[str]:
    where = at(fix.place)
    lines = wrap(f"fix: {where} {fix.text}" if where else f"fix: {fix.text}", _INDENT, _HANGING)
    return colours.good(lines, "fix:")
