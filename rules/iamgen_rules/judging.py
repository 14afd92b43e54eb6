"""What rules say of each root module, plan or state: asked of the readers and the rules, or known from before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from iamgen_rules.cache.store import digest
from iamgen_rules.catalogue import Catalogue, all_rules, answers_in
from iamgen_rules.engine.report import Broken
from iamgen_rules.engine.running import Ran, attempt, run
from iamgen_rules.errors import Problem
from iamgen_rules.processes import useful
from iamgen_rules.roots.target import Target, document_of, is_document
from iamgen_rules.rule import Rule
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.options import ValuesFile

if TYPE_CHECKING:
    from iamgen_rules.roots.accounts import Accounts
    from iamgen_rules.settings import Settings
    from iamgen_rules.terraform.loading import Loader
    from iamgen_rules.terraform.options import Options


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
        self._answers = None if cache is None else answers_in(cache)
        self.catalogue = Catalogue(self._answers)
        self._repositories: dict[str, Repository] = {}
        self._loaders: dict[str, Loader] = {}
        self._texts: dict[str, str] = {}

    def find(self, paths: Sequence[str], data: bytes) -> tuple[list[Target], list[Problem]]:
        """What is judged, and what is wrong with the paths; `data` is standard input."""
        from iamgen_rules.roots.find import modules

        given = [document_of(path, data) for path in sorted({*paths}) if is_document(path)]
        found = modules(paths, self._settings.roots, self._options.allow_outside, self._search)
        targets = [*(one for one in given if isinstance(one, Target)), *found.targets]
        return targets, [*(one for one in given if isinstance(one, Problem)), *found.problems]

    def answers(
        self, targets: Sequence[Target], rules: Mapping[str, Rule], processes: int
    ) -> Iterator[tuple[int, Answer]]:
        """What rules say of each, by its number, as it is found. Of one that cannot be read: why."""
        known = {number: answer for number, one in enumerate(targets) if (answer := self._known(one, rules))}
        yield from known.items()
        unknown = [number for number in range(len(targets)) if number not in known]
        count = useful(len(unknown), processes)
        if count == 1:
            yield from ((number, self._judged(targets[number], rules)) for number in unknown)
        else:
            yield from self._in_processes(targets, rules, unknown, count)

    def texts(self, targets: Sequence[Target], answers: Sequence[Answer]) -> Mapping[str, str]:
        """The texts that the answers are about; those that were not read here are read now."""
        found: dict[str, str] = {}
        for target, answer in zip(targets, answers, strict=True):
            known = {path: self._texts[path] for path in answer.documents if path in self._texts}
            others = [path for path in answer.documents if path not in known]
            found |= known | dict(_texts(others, self._repository(target.start)))
        return found

    def accounts(self, target: Target) -> Accounts:
        """The accounts of a root module, plan or state, read now."""
        from iamgen_rules.roots.accounts import read

        return read(target, self._loader(target.start), self._options, self._settings.now)

    def end(self) -> None:
        """Nothing else is asked."""
        if self._answers is not None:
            self._answers.store.tidy()

    def _in_processes(
        self, targets: Sequence[Target], rules: Mapping[str, Rule], unknown: Sequence[int], count: int
    ) -> Iterator[tuple[int, Answer]]:
        """Each process begins with all that is loaded here; an answer that does not come is a bug, and told as one."""
        from iamgen_rules.processes import Processes

        import_module("iamgen_rules.roots.accounts")
        all_rules()
        lost = dict.fromkeys(unknown)
        work = Processes(lambda place: self._judged(targets[unknown[place]], rules), len(unknown), count)
        for place, answer in work.results():
            del lost[unknown[place]]
            yield unknown[place], answer
        for number in lost:
            one = targets[number]
            bug = Broken("", f"reading {one.name}", "its process ended", "judging.py")
            yield number, Answer(one.name, (Ran(one.name, one.folder, broken=(bug,)),))

    def _known(self, target: Target, rules: Mapping[str, Rule]) -> Answer | None:
        """What was said before."""
        if self._answers is None:
            return None
        repository = self._repository(target.start)
        known = self._answers.recall(self._asked_of(target, repository, rules), repository)
        return None if known is None else Answer(*known)

    def _judged(self, target: Target, rules: Mapping[str, Rule]) -> Answer:
        from iamgen_rules.roots.accounts import Accounts
        from iamgen_rules.terraform.read import rarely_collected

        broken: list[Broken] = []
        with rarely_collected():
            accounts = attempt(partial(self.accounts, target), f"reading {target.name}", broken) or Accounts()
            ran = [run(subject, rules.values()) for subject in accounts.subjects]
        ran += [Ran(target.name, target.folder, broken=tuple(broken))] if broken else []
        told = accounts.problems, accounts.uninstalled, accounts.files, tuple(accounts.texts)
        if self._answers is not None and not any(one.broken for one in ran):
            asked = self._asked_of(target, self._repository(target.start), rules)
            seen = {key: digest for key, digest in accounts.seen.items() if key[1] not in self._given_files}
            self._answers.keep(asked, seen, (target.name, tuple(ran), *told))
        self._texts |= accounts.texts
        return Answer(target.name, tuple(ran), *told)

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
        told = [given, self._given_files, environment, self._options.workspace, self._options.allow_outside]
        return ["judge", str(Path.cwd()), repository.top, target.key(), told, str(self._settings.today), list(rules)]

    @cached_property
    def _given_files(self) -> Mapping[str, str]:
        """The files of values that may lie anywhere, with their digests: they are part of what is asked."""
        anywhere = Repository(".", allow_outside=True)
        paths = [one.path for one in self._options.given if isinstance(one, ValuesFile) and one.anywhere]
        texts = {path: "".join(text for _, text in _texts([path], anywhere)) for path in paths}
        return {os.path.abspath(path): digest(text) for path, text in texts.items()}

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


def _texts(documents: Iterable[str], repository: Repository) -> Iterator[tuple[str, str]]:
    for path in documents:
        try:
            yield path, repository.read(path).decode(errors="replace")
        except EvaluationError:
            continue  # it has gone since
