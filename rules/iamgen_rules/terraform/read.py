"""The door for callers: paths → root modules, each with its resources and what is wrong or could not be read."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import get_args

from iamgen_rules.account.resource import Resource
from iamgen_rules.errors import Problem
from iamgen_rules.source import Place
from iamgen_rules.terraform.called import call
from iamgen_rules.terraform.evaluation_context import EvaluationContext
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Question, Repository
from iamgen_rules.terraform.inputs import RootInputs
from iamgen_rules.terraform.installed import Installed
from iamgen_rules.terraform.instance import ModuleInstance
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.options import Options
from iamgen_rules.terraform.reach import Reach, is_fact
from iamgen_rules.terraform.root_files import RootFiles
from iamgen_rules.terraform.roots import find_roots
from iamgen_rules.terraform.run import Run
from iamgen_rules.terraform.unknowns import unknown_names

__all__ = ["Options", "Reading", "Root", "rarely_collected", "read", "read_root"]

_DEEPEST = 1_000  # expressions in expressions, and values that others depend on
_FRAMES = 30 * _DEEPEST  # of Python's stack: about eight for a level
_ALLOCATIONS = 200_000  # some 20 MB
_STEPS_OF_AN_INSTANCE = 100  # what an instance of a module or resource costs beside its expressions


@dataclass(frozen=True, slots=True)
class Root:
    """A root module: its resources by address, and what is wrong. `uninstalled`: sources that `terraform get` gets.

    `unknown`: what the reading could not know, by name. `files` were read; the files and folders that the answer
    depends on are in `seen`, each with a digest.
    """

    folder: str
    resources: tuple[Resource, ...]
    problems: tuple[Problem, ...]
    uninstalled: tuple[str, ...]
    unknown: tuple[str, ...]
    files: tuple[str, ...]
    seen: Mapping[tuple[Question, str], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """All root modules at and below the paths; folders in `called` are read where they are called, and by whom."""

    roots: tuple[Root, ...]
    called: Mapping[str, str]
    problems: tuple[Problem, ...]


def read(paths: Sequence[str], options: Options | None = None) -> Reading:
    """Read the root modules at and below the paths; what cannot be read is a problem and costs nothing else."""
    with rarely_collected():
        return _read(paths, options or Options())


def _read(paths: Sequence[str], options: Options) -> Reading:
    found: list[Root] = []
    called: dict[str, str] = {}
    problems: dict[Problem, None] = {}
    for repository, own in _by_repository(paths, options):
        loader = Loader(repository)
        roots = find_roots(own, loader, options.exclude)
        called |= roots.called
        problems |= dict.fromkeys(roots.problems)
        found += [read_root(folder, loader, options) for folder in roots.folders]
    return Reading(tuple(found), called, tuple(problems))


def _by_repository(paths: Sequence[str], options: Options) -> list[tuple[Repository, list[str]]]:
    found: dict[str, tuple[Repository, list[str]]] = {}
    for path in paths:
        repository = Repository(path if os.path.isdir(path) else os.path.dirname(path) or ".", options.allow_outside)
        found.setdefault(repository.top, (repository, []))[1].append(path)
    return list(found.values())


def read_root(folder: str, loader: Loader, options: Options) -> Root:
    """Read one root module."""
    own = Repository(folder, options.allow_outside)
    budget = Budget(deepest=_DEEPEST)
    context = EvaluationContext(RootFiles(own, folder, budget), budget)
    workspace = options.workspace or options.environment.get("TF_WORKSPACE") or "default"
    run = Run(folder, workspace, loader, Installed(loader.repository, folder), context)
    inputs = RootInputs(run, options.given, options.environment)
    root = ModuleInstance(run, run.module(folder), inputs, call, ancestors=frozenset())
    with _deep_enough():
        inputs.check()
        resources = tuple(_until_it_is_too_much(root))
    return _root(run, resources, own)


def _resources(instance: ModuleInstance, reach: Reach) -> Iterator[Resource]:
    """The resources of a module instance. Raises EvaluationError where all of it is too much."""
    instance.context.meter.spend(_STEPS_OF_AN_INSTANCE)
    for declaration in instance.module.declarations.values():
        if is_fact(declaration) and not declaration.is_broken:
            for member in instance.resources(declaration.key).members:
                instance.context.meter.spend(_STEPS_OF_AN_INSTANCE)
                yield member.resource(instance.missing, instance.conditions)
    for declaration in instance.module.of("module"):
        if reach.of_call(instance.module, instance.calls, declaration):
            for inner in instance.modules(declaration.key[1]).members:
                yield from _resources(inner, reach)


def _until_it_is_too_much(root: ModuleInstance) -> Iterator[Resource]:
    try:
        yield from _resources(root, Reach(root.run))
    except EvaluationError as error:
        root.run.problems.add(Place(root.run.folder), f"{error.message}: the rest is not read")


def _root(run: Run, resources: tuple[Resource, ...], own: Repository) -> Root:
    modules = run.modules.values()
    problems = dict.fromkeys(problem for module in modules for problem in module.problems)
    problems |= dict.fromkeys(Problem(Place(run.installed.path), message) for message in run.installed.unreadable)
    files = {document.path for module in modules for document in (*module.documents, *module.overrides)}
    files.update(run.values)
    folders = {module.folder for module in modules}
    refused = {problem.place.document for module in modules for problem in module.problems}
    paths = {os.path.abspath(path) for path in files | folders | refused | {run.installed.path}}
    asked: list[tuple[Question, str]] = [(question, path) for path in sorted(paths) for question in get_args(Question)]
    seen = {key: run.loader.repository.seen[key] for key in asked if key in run.loader.repository.seen}
    return Root(
        run.folder,
        resources,
        tuple(problems | run.problems.found),
        tuple(run.uninstalled),
        unknown_names(resources),
        tuple(sorted(files)),
        seen | own.seen,
    )


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Trees and values are many objects and hardly any garbage: to look for it as often as usual takes a tenth of all.

    Not never, as what a hostile file makes is not known.
    """
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, before[1], before[2])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _deep_enough() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
