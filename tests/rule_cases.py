"""What tests of rules share: Terraform with marks, read and judged, and what one rule says of it.

A mark stands on the line that the finding is about: `# ! IAM001`, with its severity and the names of its principals
where the case is about them: `# ! IAM001 critical alice bob`. Two findings on one line have two marks. Marks are taken
out before the text is read, so that they may stand in heredocs and JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from iamgen_rules.account.from_resources import accounts
from iamgen_rules.rule import SEVERITIES, Edit, Rule, Violation
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Subject
from iamgen_rules.terraform.read import read

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
_MARKS = re.compile(r"[ \t]*(?:#|//) ! (?P<marks>IAM[0-9]{3}[^\n]*)")
_NEXT = re.compile(r" *(?:#|//)? ?! ")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A finding that is expected, by file and line; its severity and principals where the mark names them."""

    file: str
    line: int
    code: str
    severity: str = ""
    principals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says at one place: the worst severity, everybody whom it names, and all of its violations."""

    place: Place
    severity: str
    principals: tuple[str, ...]
    violations: tuple[Violation, ...]


def unmarked(text: str) -> str:
    """The text without its marks; lines stay where they are."""
    return _MARKS.sub("", text)


def marks(file: str, text: str) -> Iterator[Mark]:
    """The marks of a file."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _MARKS.search(line):
            yield from (_mark(file, number, words.split()) for words in _NEXT.split(found["marks"]))


def _mark(file: str, line: int, words: list[str]) -> Mark:
    code, *others = words
    severity = others.pop(0) if others and others[0] in SEVERITIES else ""
    return Mark(file, line, code, severity, tuple(sorted(others)))


def plant(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by their paths below a folder, without their marks."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(unmarked(text), encoding="utf-8")


def subjects(folder: Path) -> list[Subject]:
    """The accounts of the root modules at and below a folder; whatever cannot be read fails the test."""
    reading = read([str(folder)])
    assert not reading.problems, reading.problems
    found: list[Subject] = []
    for root in reading.roots:
        assert not root.problems, [str(problem) for problem in root.problems]
        texts = {file: Path(file).read_text(encoding="utf-8") for file in root.files}
        for built in accounts(root.resources):
            assert not built.problems, [str(problem) for problem in built.problems]
            found.append(Subject(built, NOW, root.folder, texts))
    assert found, "no root module"
    return found


def said(rule: Rule, among: Iterable[Subject]) -> list[Found]:
    """What one rule says, by place."""
    at: dict[tuple[str, Span | None], list[Violation]] = {}
    for subject in among:
        for violation in rule.find(subject):
            at.setdefault((violation.place.document, violation.place.span), []).append(violation)
    return [_found(violations) for violations in at.values()]


def _found(violations: list[Violation]) -> Found:
    names = {who.name for one in violations for who in one.principals}
    worst = max((one.severity for one in violations), key=SEVERITIES.index)
    return Found(violations[0].place, worst, tuple(sorted(names)), tuple(violations))


def as_marks(rule: Rule, found: Iterable[Found], folder: Path) -> list[Mark]:
    """What was found, as marks that leave nothing out."""
    return sorted(
        Mark(_file(one.place, folder), one.place.span.line, rule.code, one.severity, one.principals)
        if one.place.span
        else Mark(_file(one.place, folder), 0, rule.code, one.severity, one.principals)
        for one in found
    )


def _file(place: Place, folder: Path) -> str:
    path = Path(place.document)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else place.document


def disagreements(wanted: Iterable[Mark], actual: Iterable[Mark]) -> list[str]:
    """Marks without a finding and findings without a mark; a mark is met by what it leaves out too."""
    open_ = list(actual)
    missing: list[str] = []
    for mark in sorted(wanted, key=lambda one: (one.file, one.line, -len(one.principals), one)):
        met = next((one for one in open_ if _meets(one, mark)), None)
        if met is None:
            missing.append(f"no finding for {mark}")
        else:
            open_.remove(met)
    return missing + [f"no mark for {one}" for one in open_]


def _meets(found: Mark, mark: Mark) -> bool:
    same = (found.file, found.line, found.code) == (mark.file, mark.line, mark.code)
    severity = not mark.severity or found.severity == mark.severity
    return same and severity and (not mark.principals or found.principals == mark.principals)


def edits_of(found: Found) -> tuple[Edit, ...]:
    """What the fix of a finding changes."""
    worst = next(one for one in found.violations if one.severity == found.severity)
    return worst.fix.edits if worst.fix is not None else ()


def edit(edits: Iterable[Edit], source: Path, target: Path) -> None:
    """Make changes in the copy of a folder, the last ones first; a document outside it fails the test."""
    for one in sorted(edits, reverse=True):
        path = target / Path(one.document).relative_to(source)
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: one.start] + one.new + text[one.end :], encoding="utf-8")
