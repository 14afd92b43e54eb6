"""SARIF 2.1.0, for code scanning and editors: the chain as a code flow, the rules with their pages, fixes as edits.

Only findings that count are results: GitHub, which is where most of these files go, opens an alert for every result,
whatever its `suppressions` and `baselineState` say (the latter two are not among the properties of its document "SARIF
support for code scanning").
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from iamgen_rules.engine.report import Finding, Report
from iamgen_rules.pages import page, parts
from iamgen_rules.report.links import PROJECT, rule_page
from iamgen_rules.report.naming import called, failed, said
from iamgen_rules.report.sarif_places import FOLDER, Object, artifact, location, primary, replacement, text
from iamgen_rules.rule import Fix, Line, Rule, Severity
from iamgen_rules.source import Place
from iamgen_rules.subject import Who

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
# GitHub shows severities by these numbers: critical from 9.0, high from 7.0, medium from 4.0.
_SCORES: Mapping[Severity, str] = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - formats are called alike
    """The report as one run."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}, indent=2) + "\n"


def _run(report: Report) -> Object:
    indices = {code: index for index, code in enumerate(report.rules)}
    return {
        "tool": {"driver": _driver(report)},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {FOLDER: {"description": {"text": "The folder that iamgen was run in."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, indices, report.texts or {}) for one in report.findings if one.counts],
    }


def _driver(report: Report) -> Object:
    return {
        "name": "iamgen",
        "version": report.version,
        "informationUri": PROJECT,
        "rules": [_rule(one) for one in report.rules.values()],
    }


def _rule(rule: Rule) -> Object:
    summary = " ".join(parts(rule).summary.split())
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": rule.page.strip(), "markdown": page(rule).strip()},
        "helpUri": rule_page(rule.name),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["security", "aws", "iam", "mfa", "terraform"],
            "security-severity": _SCORES[rule.severity],
            "precision": "very-high",
        },
    }


def _invocation(report: Report) -> Object:
    """Whether all could be read and judged, and what could not; what is stale is a matter of configuration."""
    bugs = [_notification("error", failed(one)) for one in report.broken]
    errors = [_notification("error", said(one), one.place) for one in report.errors]
    missing = [_notification("warning", f"module {one} is not installed: terraform get") for one in report.uninstalled]
    return {
        "executionSuccessful": not (bugs or errors),
        "toolExecutionNotifications": [*bugs, *errors, *missing],
        "toolConfigurationNotifications": [_notification("warning", said(one), one.place) for one in report.stale],
    }


def _notification(level: str, message: str, place: Place | None = None) -> Object:
    where = location(place)
    return {"level": level, "message": {"text": text(message)}, **({"locations": [where]} if where else {})}


def _result(one: Finding, indices: Mapping[str, int], texts: Mapping[str, str]) -> Object:
    related = [_related(who, number) for number, who in enumerate(one.principals, 1) if who.place.document]
    fix = [_fixed(one.fix, texts)] if one.fix is not None and one.fix.edits else []
    return {
        "ruleId": one.code,
        "ruleIndex": indices[one.code],
        "level": _LEVELS[one.severity],
        "message": {"text": text(_message(one))},
        "locations": [primary(one.place, one.root, texts)],
        **({"codeFlows": [_flow(one)]} if one.reason else {}),
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"iamgen/v1": one.fingerprint},
        **({"fixes": fix} if fix else {}),
        "properties": {
            "severity": one.severity,
            "principals": [*dict.fromkeys(text(who.address) for who in one.principals)],
        },
    }


def _message(one: Finding) -> str:
    """What is wrong, why, and how to mend it: many viewers show nothing but this."""
    fix = [f"Fix: {one.fix.text}."] if one.fix is not None else []
    lines = "\n".join([f"{one.message[:1].upper()}{one.message[1:]}.", *(line.text for line in one.reason), *fix])
    return lines.replace("](", "] (")  # which would be a link


def _related(who: Who, number: int) -> Object:
    return {"id": number, **location(who.place, called(who.kind, who.name), who.address)}


def _flow(one: Finding) -> Object:
    """The reason, line by line; one that stands nowhere is shown at the finding."""
    return {"threadFlows": [{"locations": [_step(line, one.place) for line in one.reason]}]}


def _step(line: Line, otherwise: Place) -> Object:
    place = line.place if line.place is not None and line.place.document else otherwise
    return {"location": location(place, line.text)}


def _fixed(fix: Fix, texts: Mapping[str, str]) -> Object:
    by_document: Sequence[tuple[str, list[Object]]] = [
        (document, [replacement(edit, texts) for edit in edits])
        for document, edits in groupby(sorted(fix.edits), key=lambda edit: edit.document)
    ]
    changes = [{"artifactLocation": artifact(name), "replacements": found} for name, found in by_document]
    return {"description": {"text": text(fix.text)}, "artifactChanges": changes}
