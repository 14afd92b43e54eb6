"""A baseline: what is known already, and stays quiet. Text in, text out.

An entry knows a finding by its fingerprint, how severe it was, and whom it left open: one that has become worse, or
leaves open somebody else, is new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.engine.running import completed
from iamgen_rules.errors import InputError, Problem
from iamgen_rules.policy.json_text import integer, no_number
from iamgen_rules.rule import SEVERITIES, Severity
from iamgen_rules.source import Place, Span

if TYPE_CHECKING:
    from iamgen_rules.who import Who

VERSION = 1
_TEXTS = ("fingerprint", "code", "file", "severity", "message")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a baseline has of a finding; `file` and `message` are for its reader."""

    fingerprint: str
    code: str
    file: str
    severity: Severity
    principals: frozenset[str]
    message: str

    def knows(self, finding: Finding) -> bool:
        """Whether a finding with its fingerprint is no worse."""
        worse = SEVERITIES.index(finding.severity) > SEVERITIES.index(self.severity)
        return not worse and self.principals.issuperset(map(_named, finding.principals))


def write(report: Report) -> str:
    """The baseline of all that is found and not suppressed, sorted, with one newline at its end."""
    found = [_entry(one) for one in report.findings if one.suppressed is None]
    found.sort(key=lambda one: (one["file"], one["code"], one["fingerprint"]))
    return json.dumps({"version": VERSION, "findings": found}, indent=2) + "\n"


def compare(report: Report, text: str, document: str) -> Report:
    """The report, in which what a baseline knows does not count, and what is gone is stale.

    Raises InputError where the text is no baseline. What is suppressed is not gone, nor is what no rule looked for.
    """
    entries = _read(text, document)
    findings = tuple(_compared(one, entries) for one in report.findings)
    seen = {one.fingerprint for one in findings}
    looked = completed(report.rules, report.broken)
    gone = [one for mark, one in entries.items() if mark not in seen and one.code in looked]
    stale = (Problem(Place(document), f"{one.code} in {one.file} is gone: {one.message}") for one in gone)
    return replace(report, findings=findings, stale=(*report.stale, *stale))


def _compared(finding: Finding, entries: Mapping[str, Entry]) -> Finding:
    entry = entries.get(finding.fingerprint)
    return replace(finding, baseline=entry is not None and entry.knows(finding))


def _entry(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "file": finding.place.document,
        "severity": finding.severity,
        "principals": sorted(map(_named, finding.principals)),
        "message": finding.message,
    }


def _named(who: Who) -> str:
    return who.address if who.root in ("", ".") else f"{who.root}: {who.address}"


def _read(text: str, document: str) -> Mapping[str, Entry]:
    loaded = _loaded(text, document)
    version, findings = (loaded.get("version"), loaded.get("findings")) if isinstance(loaded, dict) else (None, None)
    if version != VERSION or isinstance(version, bool) or not isinstance(findings, list):
        newer = isinstance(version, int) and version > VERSION
        hint = "it is of a newer iamgen" if newer else "`iamgen lint --write-baseline FILE` makes one"
        _refuse(Place(document), f"this is no baseline of version {VERSION}: {hint}")
    entries = [_checked(one, Place(document, f"findings[{number}]")) for number, one in enumerate(findings)]
    return {one.fingerprint: one for one in entries}


def _loaded(text: str, document: str) -> Any:
    try:
        return json.loads(text, parse_int=integer, parse_constant=no_number)
    except json.JSONDecodeError as error:
        span = Span(error.pos, error.pos + 1, error.lineno, error.colno, error.lineno)
        _refuse(Place(document, "", span), f"this is not JSON: {error.msg}")
    except (ValueError, RecursionError):
        _refuse(Place(document), "this is no JSON that a baseline has")


def _checked(one: Any, place: Place) -> Entry:
    if not isinstance(one, dict) or one.keys() != {*_TEXTS, "principals"}:
        _refuse(place, f"an entry has {', '.join(_TEXTS)} and principals")
    texts = [one[name] for name in _TEXTS] + (one["principals"] if isinstance(one["principals"], list) else [None])
    if not all(isinstance(text, str) for text in texts) or one["severity"] not in SEVERITIES:
        _refuse(place, f"everything in an entry is text, principals a list of it, severity {', '.join(SEVERITIES)}")
    return Entry(principals=frozenset(one["principals"]), **{name: one[name] for name in _TEXTS})


def _refuse(place: Place, message: str) -> NoReturn:
    raise InputError([Problem(place, message)])
