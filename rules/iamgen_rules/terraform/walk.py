"""The folders below a path that hold configuration, in order: what git ignores and what is hidden is left out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.module import loaded

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_DEEPEST = 64  # folders in folders


@dataclass(frozen=True, slots=True)
class Ignored:
    """What `.gitignore` files say, those of the folders above first; paths are real ones."""

    specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    def within(self, folder: str, text: str) -> Ignored:
        """These, and the lines of a folder's `.gitignore`."""
        return Ignored((*self.specs, (folder, _spec(text.splitlines()))))

    def covers(self, folder: str) -> bool:
        """Whether git would ignore a folder: the nearest `.gitignore` that speaks of it decides."""
        for base, spec in reversed(self.specs):
            if (said := spec.check_file(os.path.relpath(folder, base) + "/").include) is not None:
                return said
        return False


@dataclass(eq=False)
class Walk:
    """Looks through folders; each is visited once, by the first of its names. `exclude`: lines as in `.gitignore`."""

    repository: Repository
    exclude: Sequence[str] = ()
    unreadable: list[tuple[str, str]] = field(default_factory=list)

    def folders(self, start: str) -> Iterator[str]:
        """The folders from `start` on that Terraform would load. A link to a folder comes after all that is no link."""
        visited: set[str] = set()
        todo = [(os.path.normpath(start), self._above(start))]
        while todo:
            links: list[tuple[str, Ignored]] = []
            for folder, ignored in todo:
                yield from self._below(folder, ignored, visited, links)
            todo = links

    def _below(
        self, folder: str, ignored: Ignored, visited: set[str], links: list[tuple[str, Ignored]]
    ) -> Iterator[str]:
        names = self._names(folder, visited)
        if any(loaded(names)):
            yield folder
        if ".gitignore" in names:
            ignored = self._with(ignored, folder)
        for name in names:
            path = os.path.normpath(os.path.join(folder, name))
            if name.startswith(".") or not os.path.isdir(path) or self._left_out(path, ignored):
                continue
            if os.path.islink(path):
                links.append((path, ignored))
            elif path.count(os.sep) < _DEEPEST:
                yield from self._below(path, ignored, visited, links)

    def _names(self, folder: str, visited: set[str]) -> Sequence[str]:
        try:
            if (real := self.repository.real(folder)) in visited:
                return ()
            visited.add(real)
            return self.repository.names(folder)
        except EvaluationError as error:
            self.unreadable.append((folder, error.message))
            return ()

    def _left_out(self, path: str, ignored: Ignored) -> bool:
        if ignored.specs and ignored.covers(os.path.realpath(path)):
            return True
        return bool(self.exclude) and self._excluded.match_file(path + "/")

    @cached_property
    def _excluded(self) -> GitIgnoreSpec:
        return _spec(self.exclude)

    def _with(self, ignored: Ignored, folder: str) -> Ignored:
        try:
            text = self.repository.read(os.path.join(folder, ".gitignore")).decode(errors="replace")
        except EvaluationError:
            return ignored  # git does not read it either
        return ignored.within(os.path.realpath(folder), text)

    def _above(self, start: str) -> Ignored:
        """What the repository says above the folder from which the walk starts."""
        real, ignored = os.path.realpath(start), Ignored()
        inside = os.path.relpath(os.path.dirname(real), self.repository.top)
        if real == self.repository.top or inside.startswith(".."):
            return ignored
        folder = self.repository.top
        for part in ("", *(() if inside == "." else inside.split(os.sep))):
            folder = os.path.join(folder, part) if part else folder
            if os.path.isfile(os.path.join(folder, ".gitignore")):
                ignored = self._with(ignored, folder)
        return ignored


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # here, because a repository without such lines need not wait for it

    return GitIgnoreSpec.from_lines(lines)
