"""GitLab's Code Quality report, as "Code Quality report format" describes it.

GitLab compares the fingerprints of two branches, and shows description, severity and line of what is new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from posixpath import normpath
from typing import Any

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.report.naming import failed, names, said, some
from iamgen_rules.report.words import safe
from iamgen_rules.rule import Severity
from iamgen_rules.source import Place

Object = dict[str, Any]
_SEVERITIES: Mapping[Severity, str] = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"}
_NAMES = 6


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - formats are called alike
    """An array with the findings that count, and what could not be read or judged."""
    problems = [(one.place, said(one)) for one in report.errors] + [(Place(""), failed(one)) for one in report.broken]
    entries = [_finding(one, report) for one in report.findings if one.counts]
    entries += [_problem(place, message, number) for number, (place, message) in enumerate(problems)]
    return json.dumps(entries, indent=2) + "\n"


def _finding(one: Finding, report: Report) -> Object:
    whom = some([names(report).of(who) for who in one.principals[:_NAMES]], len(one.principals))
    fix = f". Fix: {one.fix.text}" if one.fix is not None else ""
    about = f"{one.message} ({whom})" if whom else one.message
    return {
        "description": safe(f"{one.code}: {about}{fix}"),
        "check_name": one.name,
        "fingerprint": one.fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": _location(one.place, one.root),
    }


def _problem(place: Place, message: str, number: int) -> Object:
    """A file that could not be read; its fingerprint is of where and what, and differs from all others."""
    return {
        "description": safe(message),
        "check_name": "iamgen-error",
        "fingerprint": sha256(f"{number} {place.document!r} {message!r}".encode()).hexdigest()[:32],
        "severity": "blocker",
        "location": _location(place, "."),
    }


def _location(place: Place, root: str) -> Object:
    """A path without `./`, and a line: the first where none is known."""
    path = normpath((place.document or root).replace("\\", "/"))
    return {"path": safe(path), "lines": {"begin": 1 if place.span is None else place.span.line}}
