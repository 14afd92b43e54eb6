"""The door for callers: paths to a report. docs/python.md has an example."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from iamgen_rules.checks import rules as all_rules
from iamgen_rules.engine.checking import Read, report
from iamgen_rules.engine.report import Broken, Report
from iamgen_rules.engine.running import Ran, attempt, run
from iamgen_rules.engine.selection import selected
from iamgen_rules.errors import Problem
from iamgen_rules.roots.accounts import COMMAND_LINE, Accounts, loader_of, read
from iamgen_rules.roots.find import documents, modules
from iamgen_rules.roots.target import Target
from iamgen_rules.rule import Rule
from iamgen_rules.settings import Settings, today
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.read import Options

Progress = Callable[[int, int], None]  # how many roots of how many are done


@dataclass(frozen=True, slots=True)
class Answer:
    """What rules said of one root module, plan or state, and what could not be read."""

    name: str
    ran: tuple[Ran, ...] = ()
    problems: tuple[Problem, ...] = ()
    uninstalled: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def lint(
    paths: Sequence[str] = (".",),
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    rules: Mapping[str, Rule] | None = None,
    standard_input: Callable[[], bytes] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge everybody at and below the paths: directories, files of Terraform, `terraform show -json` output, `-`.

    `options` say what variables are given and what is read, `rules` are all that there are. What cannot be read is in
    the report's `errors`, a rule that raises in `broken`; both cost nothing else. Raises UsageError for unknown codes.
    """
    settings, rules = settings or Settings(today()), all_rules() if rules is None else rules
    options = options or Options()
    options = replace(options, exclude=(*settings.exclude, *options.exclude))
    lint_ = _Lint(settings, options, selected(rules, settings))
    found = lint_.find(paths, standard_input or sys.stdin.buffer.read)
    answers: list[Answer] = []
    texts: dict[str, str] = {}
    for number, target in enumerate(found):
        if progress is not None:
            progress(number, len(found))
        answer, own = lint_.judge(target)
        answers.append(answer)
        texts |= own
    errors = (*lint_.problems, *_problems(answers))
    files = {file for answer in answers for file in answer.files}
    uninstalled = {source for answer in answers for source in answer.uninstalled}
    names = [answer.name for answer in answers]
    said = Read(texts, len(files), errors, sorted(uninstalled), names)
    return report((one for answer in answers for one in answer.ran), rules, settings, said, installed_version())


def installed_version() -> str:
    """The version of iamgen that is installed; empty where none is."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("iamgen")
    except PackageNotFoundError:
        return ""


class _Lint:
    """One run."""

    def __init__(self, settings: Settings, options: Options, running: Mapping[str, Rule]) -> None:
        self.settings, self.options, self.running = settings, options, running
        self.loaders: dict[str, Loader] = {}
        self.problems: tuple[Problem, ...] = ()

    def find(self, paths: Sequence[str], standard_input: Callable[[], bytes]) -> tuple[Target, ...]:
        """What is judged; what is wrong with the paths is noted."""
        given = documents(paths, standard_input)
        found = modules(paths, self.settings.roots, self.options, self.loaders)
        self.problems = (*given.problems, *found.problems)
        return (*given.targets, *found.targets)

    def judge(self, target: Target) -> tuple[Answer, Mapping[str, str]]:
        """What rules say of a root module, and the texts that it was read from. Of one that cannot be read: why."""
        broken: list[Broken] = []
        loader = loader_of(target, self.options, self.loaders)
        read_ = partial(read, target, loader, self.options, self.settings.now)
        accounts = attempt(read_, f"reading {target.name}", broken) or Accounts()
        ran = [run(subject, self.running.values()) for subject in accounts.subjects]
        ran += [Ran(target.name, target.folder, broken=tuple(broken))] if broken else []
        answer = Answer(target.name, tuple(ran), accounts.problems, accounts.uninstalled, accounts.files)
        return answer, accounts.texts


def _problems(answers: Iterable[Answer]) -> Iterator[Problem]:
    """What is wrong in each root; a --var that no other root declares either, only if all say so."""
    answers = [*answers]
    said = Counter(one.place for answer in answers for one in answer.problems if _is_told(one))
    for answer in answers:
        for one in answer.problems:
            if not _is_told(one) or said[one.place] == len(answers):
                yield one


def _is_told(problem: Problem) -> bool:
    return problem.place.document == COMMAND_LINE
