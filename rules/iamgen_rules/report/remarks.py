"""What is said beside findings: what could not be read or judged, and for want of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamgen_rules.engine.report import Broken, Report
from iamgen_rules.errors import Problem
from iamgen_rules.report.colours import Colours
from iamgen_rules.report.naming import Names, failed, names, said, some
from iamgen_rules.report.words import wrap

_GROUPS = 10
_NAMES = 6
_HANGING = "    "


def remarks(report: Report, colours: Colours) -> Iterator[list[str]]:
    """Paragraphs: errors, what is stale, modules that are not installed, who is undecided or not known."""
    yield [line for one in report.broken for line in _broken(one, colours)]
    yield [line for one in report.errors for line in colours.bad(_problem(one, "error"), "error")]
    yield [line for one in report.stale for line in _problem(one, "stale")]
    yield _uninstalled(report.uninstalled)
    yield _undecided(report, names(report))
    yield _unplaced(report.unplaced)


def _broken(bug: Broken, colours: Colours) -> list[str]:
    return colours.bad(wrap(f"bug in iamgen: {failed(bug)}", rest=_HANGING), "bug in iamgen:")


def _problem(problem: Problem, word: str) -> list[str]:
    where = str(problem.place)
    return wrap(f"{where}: {word}  {said(problem)}" if where else f"{word}  {said(problem)}", rest=_HANGING)


def _uninstalled(sources: Sequence[str]) -> list[str]:
    if not sources:
        return []
    head = wrap("modules that are not installed, and so not judged (run `terraform get`):", rest=_HANGING)
    return [*head, *(line for one in sources for line in wrap(one, "  ", _HANGING))]


def _unplaced(found: Sequence[Problem]) -> list[str]:
    lines = [line for one in found[:_GROUPS] for line in _problem(one, "judged for nobody:")]
    more = len(found) - _GROUPS
    return [*lines, f"judged for nobody: {more} more"] if more > 0 else lines


def _undecided(report: Report, called: Names) -> list[str]:
    """Who is undecided, by what is not known of them."""
    wanting: dict[tuple[str, ...], list[str]] = {}
    for one in report.principals:
        if one.verdict == "undecided":
            wanting.setdefault(one.unknowns, []).append(called.placed(one))
    lines: list[str] = []
    for unknowns, whom in list(wanting.items())[:_GROUPS]:
        without = f" without {some(unknowns[:_NAMES], len(unknowns))}" if unknowns else ""
        lines += wrap(f"undecided{without}: {some(whom[:_NAMES], len(whom))}", rest=_HANGING)
    more = len(wanting) - _GROUPS
    return [*lines, f"undecided for other reasons: {more} more"] if more > 0 else lines
