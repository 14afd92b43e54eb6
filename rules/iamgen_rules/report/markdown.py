"""GitHub's and GitLab's Markdown, for a job's summary or a comment: a table of findings, each with its reason below.

What comes from files is escaped as numbered entities, so that it cannot become markup; names are in `code`, where no
mention is made of `@somebody`. A comment takes 65,536 characters, hence the bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.engine.summary import in_words, summary
from iamgen_rules.report.colours import Colours
from iamgen_rules.report.links import rule_page
from iamgen_rules.report.naming import names, some
from iamgen_rules.report.overview import worst_first
from iamgen_rules.report.remarks import remarks
from iamgen_rules.report.text import block
from iamgen_rules.report.words import safe

_ROWS = 60
_DETAILS = 20
_LINES = 60
_NAMES = 6
_PLAIN = Colours(False)
_MARKUP = re.compile(r"[!-'*+<-@\[-`{-~]")


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - formats are called alike
    """A heading, the summary, the table, the reasons, and what is said beside findings."""
    findings = worst_first(report)
    beside = [line for paragraph in remarks(report, _PLAIN) if paragraph for line in (*paragraph, "")][:-1]
    parts = [
        "## iamgen lint",
        escaped(in_words(summary(report))),
        *_table(findings, report),
        *(_folded(_title(one), block(one, report, _PLAIN)) for one in findings[:_DETAILS]),
        *([_folded("What else is to be said", _bounded(beside))] if beside else []),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text in which nothing is markup."""
    return _MARKUP.sub(lambda found: f"&#{ord(found.group())};", safe(text))


def _code(text: str) -> str:
    return f"<code>{escaped(text)}</code>" if text else ""


def _table(findings: Sequence[Finding], report: Report) -> Iterator[str]:
    if findings:
        head = "| severity | rule | where | what | who |\n|---|---|---|---|---|"
        yield "\n".join([head, *(_row(one, report) for one in findings[:_ROWS])])
    if len(findings) > _ROWS:
        yield f"And {len(findings) - _ROWS} more: `iamgen lint` shows them all."


def _row(one: Finding, report: Report) -> str:
    whom = some([_code(names(report).of(who)) for who in one.principals[:_NAMES]], len(one.principals))
    rule = f"[{one.code}]({rule_page(one.name)})"
    cells = (one.severity, rule, _code(str(one.place)), escaped(one.message), whom)
    return f"| {' | '.join(cells)} |"


def _bounded(lines: Sequence[str]) -> Sequence[str]:
    return lines if len(lines) <= _LINES else [*lines[:_LINES], f"and {len(lines) - _LINES} lines more"]


def _title(one: Finding) -> str:
    return f"{one.code} {escaped(str(one.place))}"


def _folded(title: str, lines: Sequence[str]) -> str:
    """Lines as they are, in a fence that none of them ends, folded under a title."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    body = "\n".join(lines)
    return f"<details>\n<summary>{title}</summary>\n\n{fence}text\n{body}\n{fence}\n\n</details>"
