"""The report in JSON, for programs: everything that is known of it, as docs/report.schema.json describes.

Texts are escaped to ASCII, so that whatever is in a file's name or a policy arrives as it was.
"""

from __future__ import annotations

import json
from typing import Any

from iamgen_rules.engine.report import Broken, Finding, Principal, Report, Silenced
from iamgen_rules.engine.summary import VERDICTS, summary
from iamgen_rules.errors import Problem
from iamgen_rules.report.naming import failed, said
from iamgen_rules.rule import SEVERITIES, Edit, Fix, Line
from iamgen_rules.source import Place

Object = dict[str, Any]


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - formats are called alike
    """The report as one JSON object, indented."""
    return json.dumps(data(report), indent=2) + "\n"


def data(report: Report) -> Object:
    """The report as plain data, its keys in the order of the schema."""
    return {
        "version": report.version,
        "findings": [_finding(one) for one in report.findings],
        "principals": [_principal(one) for one in report.principals],
        "errors": [*map(_problem, report.errors), *map(_broken, report.broken)],
        "summary": _summary(report),
    }


def _finding(one: Finding) -> Object:
    span = one.place.span
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "message": one.message,
        **_where(one.place),
        "column": None if span is None else span.column,
        "end_line": None if span is None else span.end_line,
        "roots": list(dict.fromkeys(who.root for who in one.principals)) or [one.root],
        "principals": list(dict.fromkeys(who.address for who in one.principals)),
        "reason": [_reason(line) for line in one.reason],
        "fix": None if one.fix is None else _fix(one.fix),
        "fingerprint": one.fingerprint,
        "suppressed": None if one.suppressed is None else _silenced(one.suppressed),
        "baseline": one.baseline,
    }


def _where(place: Place | None) -> Object:
    """The file, or null; the line, or null where only the file is known."""
    if place is None:
        return {"file": None, "line": None}
    return {"file": place.document or None, "line": None if place.span is None else place.span.line}


def _reason(line: Line) -> Object:
    return {**_where(line.place), "text": line.text}


def _fix(fix: Fix) -> Object:
    return {**_where(fix.place), "text": fix.text, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> Object:
    return {"file": edit.document, "start": edit.start, "end": edit.end, "new": edit.new}


def _silenced(silenced: Silenced) -> Object:
    return {**_where(silenced.place), "reason": silenced.reason}


def _principal(one: Principal) -> Object:
    return {
        "kind": one.kind,
        "address": one.address,
        "name": one.name,
        "class": one.klass,
        "verdict": one.verdict,
        "unknowns": list(one.unknowns),
        **_where(one.place),
        "root": one.root,
    }


def _problem(problem: Problem) -> Object:
    return {**_where(problem.place), "message": said(problem)}


def _broken(bug: Broken) -> Object:
    return {"file": None, "line": None, "message": failed(bug)}


def _summary(report: Report) -> Object:
    numbers = summary(report)
    return {
        "findings": {one: numbers.findings.get(one, 0) for one in reversed(SEVERITIES)},
        "suppressed": numbers.suppressed,
        "baseline": numbers.baseline,
        "principals": {one: numbers.principals.get(one, 0) for one in VERDICTS},
        "unknowns": list(numbers.unknowns),
        "stale": [_problem(one) for one in report.stale],
        "uninstalled": list(report.uninstalled),
        "roots": list(report.roots),
        "files": numbers.files,
    }
