"""What is judged → its accounts, with the texts that they were read from, and what could not be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import get_args

from iamgen_rules.account.from_resources import accounts
from iamgen_rules.account.resource import Resource
from iamgen_rules.errors import InputError, Problem
from iamgen_rules.roots.target import Target
from iamgen_rules.subject import Subject
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Question, Repository
from iamgen_rules.terraform.inputs import ValuesFile
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.read import Options, Root, read_root


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a root module, plan or state. `uninstalled`: sources that `terraform get` gets.

    `files` were read, `texts` are theirs and those of what they read; `seen` is what all of it depends on.
    """

    subjects: tuple[Subject, ...] = ()
    problems: tuple[Problem, ...] = ()
    uninstalled: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[tuple[Question, str], str] = field(default_factory=dict)


def read(target: Target, loader: Loader, options: Options, now: datetime) -> Accounts:
    """The accounts of one root module, plan or state."""
    if target.data is not None:
        return _of_document(target, target.data, loader, options, now)
    root = read_root(target.folder, loader, _told(target, options))
    texts = dict(_texts(root, loader, options))
    return Accounts(
        tuple(_subjects(root.resources, target, now, texts)),
        tuple(_problems(root)),
        root.uninstalled,
        root.files,
        texts,
        root.seen,
    )


def _told(target: Target, options: Options) -> Options:
    """What the settings say of this root module, and the command line, which is stronger."""
    given = (*map(ValuesFile, target.var_files), *options.given)
    return replace(options, given=given, workspace=options.workspace or target.workspace)


def _problems(root: Root) -> Iterator[Problem]:
    """What is wrong, but for what is told as not installed."""
    for problem in root.problems:
        if not any(problem.message.startswith(f"{source} is not installed") for source in root.uninstalled):
            yield problem


def _texts(root: Root, loader: Loader, options: Options) -> Iterator[tuple[str, str]]:
    """What was read, as it is called in places."""
    yield from _read(root.files, loader.repository)
    own = Repository(root.folder, options.allow_outside)
    relative = not os.path.isabs(root.folder)
    others = (path for question, path in root.seen if question == "content")
    shown = (os.path.relpath(path) if relative else path for path in others)
    yield from _read((path for path in shown if path not in root.files), own)


def _read(paths: Iterable[str], repository: Repository) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            yield path, repository.read(path).decode(errors="replace")
        except EvaluationError:
            continue  # it has gone since, or is outside of what this one reads


def _subjects(
    resources: Sequence[Resource], target: Target, now: datetime, texts: Mapping[str, str]
) -> Iterator[Subject]:
    yield from (Subject(built, now, target.name, texts, target.folder) for built in accounts(resources))


def _of_document(target: Target, data: bytes, loader: Loader, options: Options, now: datetime) -> Accounts:
    from iamgen_rules.plan.places import with_places
    from iamgen_rules.plan.read import read as read_plan

    try:
        reading = read_plan(data, target.name)
    except InputError as error:
        return Accounts(problems=error.problems)
    source = _source(target, loader, options)
    resources, texts = reading.resources, dict[str, str]()
    if source is not None:
        resources = with_places(resources, source.resources)
        texts = dict(_texts(source, loader, options))
    files = (target.name, *(() if source is None else source.files))
    seen = _looked_for(target.folder, loader.repository) if source is None else source.seen
    return Accounts(tuple(_subjects(resources, target, now, texts)), reading.problems, (), files, texts, seen)


def _source(target: Target, loader: Loader, options: Options) -> Root | None:
    """The root module beside a plan, which says where things are written; None where there is none."""
    if not loader.module(target.folder).documents:
        return None
    return read_root(target.folder, loader, _told(target, options))


def _looked_for(folder: str, repository: Repository) -> Mapping[tuple[Question, str], str]:
    """What says that there is no root module."""
    asked = [(question, os.path.abspath(folder)) for question in get_args(Question)]
    return {key: repository.seen[key] for key in asked if key in repository.seen}
