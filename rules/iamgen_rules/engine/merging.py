"""Violations to findings: one for each rule and cause, whoever it leaves open, in whichever accounts and roots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from iamgen_rules.engine.fingerprints import fingerprints, known
from iamgen_rules.engine.report import Finding, Silenced
from iamgen_rules.rule import SEVERITIES, Rule, Violation
from iamgen_rules.source import NOWHERE, Place

if TYPE_CHECKING:
    from iamgen_rules.who import Who


class Said(NamedTuple):
    """A violation, of which rule and root. `silenced`: why it does not count. `cut`: its reason's principal is out."""

    code: str
    root: str
    violation: Violation
    silenced: Silenced | None = None
    cut: bool = False


def merge(said: Iterable[Said], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """The findings by place and code. One is silenced where all that it is made of is."""
    causes: dict[tuple[object, ...], list[Said]] = {}
    for one in said:
        causes.setdefault(_cause(one), []).append(one)
    found = sorted((_finding(one, rules) for one in causes.values()), key=_position)
    marks = fingerprints(known(one.code, one.place.document, about) for about, one in found)
    return tuple(replace(one, fingerprint=mark) for (_, one), mark in zip(found, marks, strict=True))


def where(place: Place) -> tuple[str, int, int, str]:
    """What places are sorted by: those without a text first."""
    start, end = (-1, -1) if place.span is None else (place.span.start, place.span.end)
    return place.document, start, end, place.address


def by_root(who: Who) -> tuple[str, ...]:
    """What principals are sorted by."""
    return who.root, who.address, who.kind, who.name


def _cause(said: Said) -> tuple[object, ...]:
    """A text at its place; where none is known, what the violation is about is all that tells causes apart."""
    place = said.violation.place
    if place.span is not None:
        return said.code, place.document, place.span.start, place.span.end
    return said.code, place.document, place.address, said.violation.about


def _position(found: tuple[str, Finding]) -> tuple[object, ...]:
    about, finding = found
    document, start, end, address = where(finding.place)
    return document, start, finding.code, end, address, about


def _finding(cause: Sequence[Said], rules: Mapping[str, Rule]) -> tuple[str, Finding]:
    """A finding that has no fingerprint yet, and what it is about."""
    counted = [one for one in cause if one.silenced is None] or cause
    first, *_ = counted = sorted(counted, key=_rank)
    violation = first.violation
    principals = _principals(counted)
    finding = Finding(
        first.code,
        rules[first.code].name,
        violation.severity,
        _message(counted),
        min((one.violation.place for one in counted), key=where),
        principals,
        violation.reason,
        violation.fix,
        fingerprint="",
        root=first.root,
        suppressed=min((one.silenced for one in counted if one.silenced), key=_written, default=None),
    )
    return min(one.violation.about or one.violation.place.address for one in counted), finding


def _rank(said: Said) -> tuple[object, ...]:
    """The worst first, told of somebody who is in it; what follows only makes the order one."""
    violation = said.violation
    lines = tuple((line.text, where(line.place or NOWHERE)) for line in violation.reason)
    return (
        -SEVERITIES.index(violation.severity),
        said.cut,
        tuple(by_root(who) for who in violation.principals[:1]),
        said.root,
        where(violation.place),
        violation.message,
        violation.about,
        lines,
        "" if violation.fix is None else violation.fix.text,
    )


def _principals(said: Sequence[Said]) -> tuple[Who, ...]:
    first = said[0].violation.principals[:1]
    others = {who for one in said for who in one.violation.principals}.difference(first)
    return (*first, *sorted(others, key=by_root))


def _message(said: Sequence[Said]) -> str:
    """What is wrong, and what follows for how many: groups do not act, their members do."""
    message, consequence = said[0].violation.message, said[0].violation.consequence
    if consequence is None:
        return message
    affected = {who for one in said if one.violation.consequence == consequence for who in one.violation.principals}
    acting = [who for who in affected if who.kind != "group"] or affected
    return f"{message}: {consequence.of(len(acting))}" if acting else message


def _written(silenced: Silenced) -> tuple[object, ...]:
    return where(silenced.place), silenced.reason
