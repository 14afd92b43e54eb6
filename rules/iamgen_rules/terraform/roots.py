"""Which directories are root modules: those that no other one calls as a module."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iamgen_rules.errors import Problem
from iamgen_rules.source import Place
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.module import is_configuration
from iamgen_rules.terraform.sources import local_sources
from iamgen_rules.terraform.walk import Walk


@dataclass(frozen=True, slots=True)
class Roots:
    """What was found below the given paths: root modules, folders that are called by others (with one that calls)."""

    folders: tuple[str, ...]
    called: dict[str, str]
    problems: tuple[Problem, ...]


@dataclass(eq=False)
class _Search:
    loader: Loader
    walk: Walk
    problems: list[Problem] = field(default_factory=list)
    below: dict[str, list[str]] = field(default_factory=dict)

    def candidates(self, paths: Iterable[str]) -> dict[str, str]:
        """The folders with configuration at and below the paths: by what they really are, as they are called."""
        found: dict[str, str] = {}
        for path in paths:
            folders = list(self._of(path))
            found |= {real: folder for folder in folders if (real := os.path.realpath(folder)) not in found}
            self.below[path] = [os.path.realpath(folder) for folder in folders]
        return found

    def nothing(self, callers: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Problem]:
        """The paths below which there is no root module, and why."""
        for path, folders in self.below.items():
            if not folders:
                yield Problem(Place(path), "there is no Terraform")
            elif all(folder in callers for folder in folders):
                who = ", ".join(f"{names[folder]} is called by {callers[folder]}" for folder in folders)
                yield Problem(Place(path), f"no root module: {who}")

    def _of(self, path: str) -> Iterator[str]:
        try:
            kind = self.loader.repository.kind(path)
        except EvaluationError as error:
            self.problems.append(Problem(Place(path), error.message))
            return
        if kind == "folder":
            yield from self.walk.folders(path)
        elif kind == "file" and is_configuration(os.path.basename(path)):
            yield os.path.normpath(os.path.dirname(path))

    def callers(self, folders: Iterable[str]) -> dict[str, str]:
        """Which folders are called from these and from the rest of the repository, and by whom."""
        found: dict[str, str] = {}
        own = list(folders)
        known = {os.path.realpath(folder) for folder in own}
        for folder in (*own, *self._elsewhere(known)):
            module = self.loader.module(folder)
            for source in local_sources(module):
                called = os.path.realpath(os.path.join(folder, source))
                if called != module.real:
                    found.setdefault(called, folder)
        return found

    def _elsewhere(self, known: set[str]) -> Iterator[str]:
        if self.loader.repository.top in map(os.path.realpath, self.below):
            return  # all of it was walked through
        top = os.path.relpath(self.loader.repository.top)
        yield from (folder for folder in self.walk.folders(top) if os.path.realpath(folder) not in known)


def find_roots(paths: Sequence[str], loader: Loader, exclude: Sequence[str] = ()) -> Roots:
    """The root modules at and below the paths.

    A local call from anywhere in the repository makes its folder one that is judged where it is called.
    """
    search = _Search(loader, Walk(loader.repository, exclude))
    candidates = search.candidates(paths)
    callers = search.callers(candidates.values())
    called = {folder: callers[real] for real, folder in candidates.items() if real in callers}
    folders = tuple(folder for folder in candidates.values() if folder not in called)
    unreadable = (Problem(Place(path), message) for path, message in search.walk.unreadable)
    return Roots(folders, called, (*search.problems, *search.nothing(callers, candidates), *unreadable))
