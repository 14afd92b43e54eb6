"""Paths to what is judged below them; the order of the paths, and how often one is named, changes nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iamgen_rules.errors import Problem
from iamgen_rules.roots.target import Target, document, is_document
from iamgen_rules.settings import RootSetting
from iamgen_rules.source import Place
from iamgen_rules.terraform.files import Question, Repository
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.read import Options
from iamgen_rules.terraform.roots import find_roots

Seen = Mapping[tuple[Question, str], str]


@dataclass(frozen=True, slots=True)
class Found:
    """What is judged, in order, and what is wrong with the paths; `seen` is what that depends on."""

    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]
    seen: Seen = field(default_factory=dict)


def documents(paths: Iterable[str], standard_input: Callable[[], bytes]) -> Found:
    """The plans and states among the paths."""
    made = [document(path, standard_input) for path in sorted({*paths}) if is_document(path)]
    return Found(
        tuple(one for one in made if isinstance(one, Target)), tuple(one for one in made if isinstance(one, Problem))
    )


def modules(
    paths: Iterable[str], settings: Sequence[RootSetting], options: Options, loaders: dict[str, Loader]
) -> Found:
    """The root modules at and below the paths. A folder of `lint.roots` is one, as often as it is listed there.

    `loaders` keep what is read, by the top of each repository.
    """
    wanted = sorted({path for path in paths if not is_document(path)}, key=lambda path: (path.count(os.sep), path))
    gone = [Problem(Place(path), "does not exist") for path in wanted if not os.path.lexists(path)]
    search = _Search(options, loaders)
    for loader, own in _by_repository([path for path in wanted if os.path.lexists(path)], options, loaders):
        search.look(loader, own)
    listed = _listed(settings, wanted)
    return Found(tuple(_targets(search.folders, listed)), (*gone, *_but_for(search.problems, listed)), search.seen)


@dataclass(eq=False)
class _Search:
    """`folders` by where they really are: as they are called, and from where their repository is looked for."""

    options: Options
    loaders: dict[str, Loader]
    folders: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    seen: dict[tuple[Question, str], str] = field(default_factory=dict)

    def look(self, loader: Loader, paths: Sequence[str]) -> None:
        found = find_roots(paths, loader, self.options.exclude)
        self.problems |= dict.fromkeys(found.problems)
        for folder in found.folders:
            self.folders.setdefault(os.path.realpath(folder), (folder, loader.repository.top))
        self.seen |= loader.repository.seen


def _by_repository(
    paths: Sequence[str], options: Options, loaders: dict[str, Loader]
) -> list[tuple[Loader, list[str]]]:
    """The paths by the repository that they are in; one that is in a folder of another path is in that one's."""
    found: dict[str, list[str]] = {}
    for path in paths:
        repository = Repository(path if os.path.isdir(path) else os.path.dirname(path) or ".", options.allow_outside)
        around = [top for top in found if f"{repository.top}/".startswith(f"{top}/")]
        top = around[0] if around and not os.path.lexists(os.path.join(repository.top, ".git")) else repository.top
        found.setdefault(top, []).append(path)
        if top not in loaders:
            loaders[top] = Loader(repository)
    return [(loaders[top], own) for top, own in found.items()]


def _listed(settings: Sequence[RootSetting], paths: Sequence[str]) -> dict[str, list[RootSetting]]:
    """The entries of `lint.roots` at and below the paths, by where they really are."""
    above = [os.path.realpath(path) for path in paths]
    found: dict[str, list[RootSetting]] = {}
    for one in settings:
        real = os.path.realpath(one.path)
        if any(f"{real}/".startswith(f"{path.rstrip('/')}/") for path in above):
            found.setdefault(real, []).append(one)
    return found


def _targets(folders: Mapping[str, tuple[str, str]], listed: Mapping[str, list[RootSetting]]) -> Iterator[Target]:
    names = Counter(one.name for entries in listed.values() for one in entries if one.name)
    made = [Target(folder, folder, start) for real, (folder, start) in folders.items() if real not in listed]
    for real, entries in listed.items():
        for one in entries:
            folder, start = folders.get(real, (os.path.normpath(one.path), one.path))
            plain = one.name or _environment(folder, one, alone=len(entries) == 1)
            name = f"{plain} ({folder})" if names[one.name] > 1 else plain
            files = tuple(os.path.normpath(os.path.join(folder, path)) for path in one.var_files)
            made.append(Target(name, folder, start, files, one.workspace))
    yield from sorted(made, key=lambda one: (one.name, one.folder, one.workspace, one.var_files))


def _environment(folder: str, one: RootSetting, alone: bool) -> str:
    """`infra (prod, prod.tfvars)` where the folder alone would not tell which is meant."""
    told = [part for part in (one.workspace, *one.var_files) if part]
    return folder if alone or not told else f"{folder} ({', '.join(told)})"


def _but_for(problems: Iterable[Problem], listed: Mapping[str, object]) -> Iterator[Problem]:
    """The problems but for `no root module` where the settings say that there is one."""
    for problem in problems:
        below = f"{os.path.realpath(problem.place.document).rstrip('/')}/"
        if not (problem.message.startswith("no root module") and any(f"{one}/".startswith(below) for one in listed)):
            yield problem
