"""The door for callers: paths to a report. docs/lint.md has an example."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from iamgen_rules.engine.checking import Read, report
from iamgen_rules.engine.report import Report
from iamgen_rules.engine.selection import selected
from iamgen_rules.errors import Problem
from iamgen_rules.judging import Answer, Judging
from iamgen_rules.roots.target import STANDARD_INPUT
from iamgen_rules.settings import Settings, today
from iamgen_rules.terraform.options import Options


@dataclass(frozen=True, slots=True)
class Means:
    """What may be used: a folder to keep what is found, and processes."""

    cache: Path | None = None
    processes: int = 1


ALONE = Means()
Progress = Callable[[int, int], None]  # how many roots of how many are done


def lint(
    paths: Sequence[str] = (".",),
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    standard_input: Callable[[], bytes] | None = None,
    progress: Progress | None = None,
    means: Means = ALONE,
) -> Report:
    """Judge everybody at and below the paths: directories, files of Terraform, `terraform show -json` output, `-`.

    `options` say what variables are given and what is read; `means` change how long it takes, and nothing else. What
    cannot be read is in the report's `errors`, a rule that raises in `broken`; both cost nothing else. Raises
    UsageError for codes of no rule.
    """
    settings, options = settings or Settings(today()), options or Options()
    options = replace(options, exclude=(*settings.exclude, *options.exclude))
    judging = Judging(settings, options, means.cache)
    running = selected(judging.catalogue.rules, settings)
    data = (standard_input or sys.stdin.buffer.read)() if STANDARD_INPUT in paths else b""
    targets, problems = judging.find(paths, data)
    found: dict[int, Answer] = {}
    for number, answer in judging.answers(targets, running, means.processes):
        found[number] = answer
        if progress is not None:
            progress(len(found), len(targets))
    judging.end()
    answers = [found[number] for number in range(len(targets))]
    said = _read(judging.texts(targets, answers), problems, answers)
    ran = [one for answer in answers for one in answer.ran]
    return report(ran, judging.catalogue.rules, settings, said, judging.catalogue.version)


def _read(texts: Mapping[str, str], problems: Sequence[Problem], answers: Sequence[Answer]) -> Read:
    """All that was read."""
    return Read(
        texts,
        len({file for answer in answers for file in answer.files}),
        (*problems, *_problems(answers)),
        [source for answer in answers for source in answer.uninstalled],
        [answer.name for answer in answers],
    )


def _problems(answers: Iterable[Answer]) -> Iterator[Problem]:
    """What is wrong in each root; a --var that it does not declare only if no other root declares it either."""
    answers = [*answers]
    said = Counter(one.place for answer in answers for one in answer.problems if _is_told(one))
    for answer in answers:
        for one in answer.problems:
            if not _is_told(one) or said[one.place] == len(answers):
                yield one


def _is_told(problem: Problem) -> bool:
    return problem.place.document == "--var"
