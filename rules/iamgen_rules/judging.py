"""What rules say of each root module, plan or state: asked of the readers and the rules, or known from before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from iamgen_rules.engine.report import Broken, Principal
from iamgen_rules.engine.running import Ran, attempt, run
from iamgen_rules.errors import Problem
from iamgen_rules.roots.target import Target, document_of, is_document
from iamgen_rules.rule import Consequence, Edit, Fix, Line, Rule, Violation
from iamgen_rules.source import Place, Span
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.who import Who

if TYPE_CHECKING:
    from iamgen_rules.cache.answers import Answers
    from iamgen_rules.settings import Settings
    from iamgen_rules.subject import Subject
    from iamgen_rules.terraform.loading import Loader
    from iamgen_rules.terraform.options import Options

_WRITTEN = (
    Broken, Consequence, Edit, Fix, Line, Place, Principal, Problem, Ran, Span, Violation, Who,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What rules said of one root module, plan or state, and what could not be read. `documents` have known texts."""

    name: str
    ran: tuple[Ran, ...] = ()
    problems: tuple[Problem, ...] = ()
    uninstalled: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Judging:
    """One run. With a cache, what it knows is neither read nor judged, and the code that does it is not loaded."""

    def __init__(self, settings: Settings, options: Options, cache: Path | None) -> None:
        """Begin with nothing read."""
        self._settings, self._options = settings, options
        self._answers = None if cache is None else _answers(cache)
        self._repositories: dict[str, Repository] = {}
        self._loaders: dict[str, Loader] = {}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules, by code."""
        if self._answers is None:
            return _all_rules()
        rows = self._catalogue[1:]
        return {row[0]: Rule(row[0], row[1], row[2], row[3], partial(_find, row[1])) for row in rows}

    @property
    def version(self) -> str:
        """The version of iamgen that is installed; empty where none is."""
        return _version() if self._answers is None else cast("str", self._catalogue[0])

    @cached_property
    def _catalogue(self) -> tuple[Any, ...]:
        """The version, and of each rule what is told of it without asking it."""
        assert self._answers is not None  # noqa: S101 - what it is for
        known = self._answers.recall("rules", None)
        if known is None:
            rows = [(one.code, one.name, one.severity, one.page) for one in _all_rules().values()]
            known = (_version(), *rows)
            self._answers.keep("rules", {}, known)
        return cast("tuple[Any, ...]", known)

    def find(self, paths: Sequence[str], data: bytes) -> tuple[list[Target], list[Problem]]:
        """What is judged, and what is wrong with the paths; `data` is standard input."""
        from iamgen_rules.roots.find import modules

        given = [document_of(path, data) for path in sorted({*paths}) if is_document(path)]
        found = modules(paths, self._settings.roots, self._options.allow_outside, self._search)
        targets = [*(one for one in given if isinstance(one, Target)), *found.targets]
        return targets, [*(one for one in given if isinstance(one, Problem)), *found.problems]

    def judge(self, target: Target, rules: Mapping[str, Rule]) -> tuple[Answer, Mapping[str, str]]:
        """What rules say of a root module, and the texts that it was read from. Of one that cannot be read: why."""
        repository = self._repository(target.start)
        asked = self._asked_of(target, repository, rules)
        known = None if self._answers is None else self._answers.recall(asked, repository)
        if known is not None:
            answer = Answer(*known)
            return answer, dict(_texts(answer.documents, repository))
        return self._judged(target, rules, asked)

    def end(self) -> None:
        """Nothing else is asked."""
        if self._answers is not None:
            self._answers.store.tidy()

    def _judged(self, target: Target, rules: Mapping[str, Rule], asked: object) -> tuple[Answer, Mapping[str, str]]:
        from iamgen_rules.roots.accounts import Accounts, read

        broken: list[Broken] = []
        reading = partial(read, target, self._loader(target.start), self._options, self._settings.now)
        accounts = attempt(reading, f"reading {target.name}", broken) or Accounts()
        ran = [run(subject, rules.values()) for subject in accounts.subjects]
        ran += [Ran(target.name, target.folder, broken=tuple(broken))] if broken else []
        told = accounts.problems, accounts.uninstalled, accounts.files, tuple(accounts.texts)
        if self._answers is not None and not any(one.broken for one in ran):
            self._answers.keep(asked, accounts.seen, (target.name, tuple(ran), *told))
        return Answer(target.name, tuple(ran), *told), accounts.texts

    def _search(self, repository: Repository, paths: Sequence[str]) -> tuple[Sequence[str], Sequence[Problem]]:
        """The root modules in a repository at and below paths, and what is wrong there."""
        self._repositories[repository.top] = repository
        places = [(path, os.path.realpath(path), Path(path).is_dir()) for path in paths]
        exclude, outside = list(self._options.exclude), self._options.allow_outside
        asked = ["find", str(Path.cwd()), repository.top, places, exclude, outside]
        known = None if self._answers is None else self._answers.recall(asked, repository)
        if known is not None:
            return cast("tuple[Sequence[str], Sequence[Problem]]", known)
        return self._searched(repository.top, paths, asked)

    def _searched(self, top: str, paths: Sequence[str], asked: object) -> tuple[Sequence[str], Sequence[Problem]]:
        from iamgen_rules.terraform.roots import find_roots

        loader = self._loader(top)
        found = find_roots(paths, loader, self._options.exclude)
        if self._answers is not None:
            self._answers.keep(asked, loader.repository.seen, (found.folders, found.problems))
        return found.folders, found.problems

    def _asked_of(self, target: Target, repository: Repository, rules: Mapping[str, Rule]) -> object:
        """All that an answer depends on beside files: whom it is about, what reading is told, when, and the rules."""
        environment = sorted(
            (name, value)
            for name, value in self._options.environment.items()
            if name.startswith("TF_VAR_") or name == "TF_WORKSPACE"
        )
        given = [(type(one).__name__, *asdict(one).values()) for one in self._options.given]
        told = [given, environment, self._options.workspace, self._options.allow_outside]
        return ["judge", str(Path.cwd()), repository.top, target.key(), told, str(self._settings.today), list(rules)]

    def _repository(self, start: str) -> Repository:
        repository = Repository(start, self._options.allow_outside)
        return self._repositories.setdefault(repository.top, repository)

    def _loader(self, start: str) -> Loader:
        """What reads a repository; not the one that was asked whether an old answer still holds, and knows of that."""
        from iamgen_rules.terraform.loading import Loader

        repository = Repository(start, self._options.allow_outside)
        if repository.top not in self._loaders:
            self._loaders[repository.top] = Loader(repository)
            self._repositories[repository.top] = repository
        return self._loaders[repository.top]


def _answers(folder: Path) -> Answers | None:
    """What is known from before; None where this program cannot be told from another."""
    from iamgen_rules.cache.answers import Answers
    from iamgen_rules.cache.plain import Plain
    from iamgen_rules.cache.program import fingerprint
    from iamgen_rules.cache.store import Store

    try:
        return Answers(Store(folder), Plain(_WRITTEN), fingerprint())
    except OSError:
        return None


def _all_rules() -> Mapping[str, Rule]:
    from iamgen_rules import checks

    return checks.rules()


def _find(name: str, subject: Subject) -> Iterator[Violation]:
    """What the rule of a name finds."""
    rule = import_module(f"iamgen_rules.checks.{name.replace('-', '_')}")
    return cast("Iterator[Violation]", rule.find(subject))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("iamgen")
    except PackageNotFoundError:
        return ""


def _texts(documents: Iterable[str], repository: Repository) -> Iterator[tuple[str, str]]:
    for path in documents:
        try:
            yield path, repository.read(path).decode(errors="replace")
        except EvaluationError:
            continue  # it has gone since
