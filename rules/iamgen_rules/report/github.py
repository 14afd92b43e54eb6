"""Workflow commands of GitHub Actions, which become annotations of the lines; the worst first, for GitHub shows ten.

Form and escaping are those of "Workflow commands for GitHub Actions" and of the toolkit that GitHub gives for them.
"""

from __future__ import annotations

from collections.abc import Mapping

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.engine.summary import in_words, summary
from iamgen_rules.report.naming import failed, names, said, some
from iamgen_rules.report.overview import worst_first
from iamgen_rules.report.words import safe
from iamgen_rules.rule import Severity
from iamgen_rules.source import Place

_COMMANDS: Mapping[Severity, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "notice"}
_NAMES = 20


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - formats are called alike
    """A command for each finding that counts, and for what could not be read or judged; then the summary, as text."""
    commands = [
        *(_finding(one, report) for one in worst_first(report)),
        *(_command("error", Place(""), "bug in iamgen", failed(one)) for one in report.broken),
        *(_command("error", one.place, "iamgen could not read this", said(one)) for one in report.errors),
        *(
            _command("warning", Place(""), "module not installed", f"{one}: terraform get")
            for one in report.uninstalled
        ),
        *(_command("notice", one.place, "stale", said(one)) for one in report.stale),
    ]
    return "\n".join([*commands, safe(in_words(summary(report)))]) + "\n"


def _finding(one: Finding, report: Report) -> str:
    whom = some([names(report).of(who) for who in one.principals[:_NAMES]], len(one.principals))
    lines = [one.message, *(line.text for line in one.reason)]
    lines += [f"principals: {whom}"] if whom else []
    lines += [f"fix: {one.fix.text}"] if one.fix is not None else []
    message = "\n".join(map(safe, lines))
    return _command(_COMMANDS[one.severity], one.place, f"{one.code} {one.name} ({one.severity})", message)


def _command(command: str, place: Place, title: str, message: str) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**_where(place), "title": title}.items())
    return f"::{command} {properties}::{_data(message)}"


def _where(place: Place) -> Mapping[str, str]:
    if not place.document:
        return {}
    if place.span is None:
        return {"file": place.document}
    column = {"col": str(place.span.column)} if place.span.end_line == place.span.line else {}
    return {"file": place.document, "line": str(place.span.line), **column, "endLine": str(place.span.end_line)}


def _data(text: str) -> str:
    lines = (safe(line) for line in text.split("\n"))
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
