"""The door for callers: paths to a report. docs/python.md has an example."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from iamgen_rules.engine.checking import Read, report
from iamgen_rules.engine.report import Report
from iamgen_rules.engine.selection import selected
from iamgen_rules.errors import Problem
from iamgen_rules.judging import Answer, Judging
from iamgen_rules.roots.target import STANDARD_INPUT
from iamgen_rules.settings import Settings, today
from iamgen_rules.terraform.options import Options

Progress = Callable[[int, int], None]  # how many roots of how many are done


def lint(
    paths: Sequence[str] = (".",),
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    standard_input: Callable[[], bytes] | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Report:
    """Judge everybody at and below the paths: directories, files of Terraform, `terraform show -json` output, `-`.

    `options` say what variables are given and what is read. `cache` is a folder for what is found, which shortens the
    next run and changes nothing else. What cannot be read is in the report's `errors`, a rule that raises in `broken`;
    both cost nothing else. Raises UsageError for codes of no rule.
    """
    settings, options = settings or Settings(today()), options or Options()
    options = replace(options, exclude=(*settings.exclude, *options.exclude))
    judging = Judging(settings, options, cache)
    running = selected(judging.rules, settings)
    data = (standard_input or sys.stdin.buffer.read)() if STANDARD_INPUT in paths else b""
    targets, problems = judging.find(paths, data)
    answers: list[Answer] = []
    texts: dict[str, str] = {}
    for number, target in enumerate(targets):
        if progress is not None:
            progress(number, len(targets))
        answer, own = judging.judge(target, running)
        answers.append(answer)
        texts |= own
    judging.end()
    said = Read(
        texts,
        len({file for answer in answers for file in answer.files}),
        (*problems, *_problems(answers)),
        [source for answer in answers for source in answer.uninstalled],
        [answer.name for answer in answers],
    )
    return report((one for answer in answers for one in answer.ran), judging.rules, settings, said, judging.version)


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
