"""Paths to what is judged below them; the order of the paths, and how often one is named, changes nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iamgen_rules.errors import Problem
from iamgen_rules.roots.target import Target, is_document
from iamgen_rules.settings import RootSetting
from iamgen_rules.source import Place
from iamgen_rules.terraform.files import Repository

# The folders of root modules in a repository, at and below paths in it, and what is wrong there.
Search = Callable[[Repository, Sequence[str]], tuple[Sequence[str], Sequence[Problem]]]


@dataclass(frozen=True, slots=True)
class Found:
    """What is judged, in order, and what is wrong with the paths."""

    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]


def modules(paths: Iterable[str], settings: Sequence[RootSetting], allow_outside: bool, search: Search) -> Found:
    """The root modules at and below the paths. A folder of `lint.roots` is one, as often as it is listed there."""
    wanted = sorted({path for path in paths if not is_document(path)}, key=lambda path: (path.count(os.sep), path))
    there = [path for path in wanted if os.path.lexists(path)]
    problems = {Problem(Place(path), "does not exist"): None for path in wanted if path not in there}
    folders: dict[str, tuple[str, str]] = {}
    for repository, own in _by_repository(there, allow_outside):
        found, wrong = search(repository, own)
        problems |= dict.fromkeys(wrong)
        for folder in found:
            folders.setdefault(os.path.realpath(folder), (folder, repository.top))
    listed = _listed(settings, wanted)
    return Found(tuple(_targets(folders, listed)), tuple(_but_for(problems, listed)))


def _by_repository(paths: Sequence[str], allow_outside: bool) -> list[tuple[Repository, list[str]]]:
    """The paths by the repository that they are in; one that is in a folder of another path is in that one's."""
    found: dict[str, tuple[Repository, list[str]]] = {}
    for path in paths:
        own = Repository(path if os.path.isdir(path) else os.path.dirname(path) or ".", allow_outside)
        around = [top for top in found if f"{own.top}/".startswith(f"{top.rstrip('/')}/")]
        inside = around and not os.path.lexists(os.path.join(own.top, ".git"))
        found.setdefault(around[0] if inside else own.top, (own, []))[1].append(path)
    return list(found.values())


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
