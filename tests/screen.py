"""What somebody sees first of a report in text: a screen of 24 lines of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamgen_rules.engine.report import Report
from iamgen_rules.source import Place

_LINES, _COLUMNS = 24, 80


def untold(report: Report, text: str) -> Iterator[str]:
    """What a screen should tell and does not: who is open, or how many; for each critical cause, where, and the fix."""
    screen = re.sub(r"\s+", " ", " ".join(text.splitlines()[:_LINES]))
    names = {one.name for one in report.principals if one.verdict == "ungated"}
    how_many = sum(one.verdict == "ungated" for one in report.principals)
    if not (f"{how_many} principal" in screen and "iamgen why" in screen):
        yield from (name for name in sorted(names) if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", screen))
    for one in report.findings:
        if one.severity == "critical":
            yield from (
                place for place in (_at(one.place), _at(one.fix.place if one.fix else None)) if place not in screen
            )


def _at(place: Place | None) -> str:
    return f"{place.document}:{place.span.line}" if place is not None and place.span is not None else ""


def too_wide(text: str) -> list[str]:
    """Lines of more than 80 columns that are not a path alone, which cannot be broken."""
    return [line for line in text.splitlines() if len(line) > _COLUMNS and " " in line.strip()]
