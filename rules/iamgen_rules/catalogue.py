"""The rules as they are told of, which needs none of them to be loaded where it was told before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from iamgen_rules.engine.report import Broken, Principal
from iamgen_rules.engine.running import Ran
from iamgen_rules.errors import Problem
from iamgen_rules.rule import Consequence, Edit, Fix, Line, Rule, Violation
from iamgen_rules.source import Place, Span
from iamgen_rules.who import Who

if TYPE_CHECKING:
    from iamgen_rules.cache.answers import Answers
    from iamgen_rules.subject import Subject

_WRITTEN = (
    Broken, Consequence, Edit, Fix, Line, Place, Principal, Problem, Ran, Span, Violation, Who,
)  # fmt: skip


def answers_in(folder: Path) -> Answers | None:
    """What is known from before; None where this program cannot be told from another."""
    from iamgen_rules.cache import program
    from iamgen_rules.cache.answers import Answers
    from iamgen_rules.cache.plain import Plain
    from iamgen_rules.cache.store import Store

    try:
        return Answers(Store(folder), Plain(_WRITTEN), program.fingerprint())
    except OSError:
        return None


def all_rules() -> Mapping[str, Rule]:
    """The rules, loaded now."""
    from iamgen_rules import checks

    return checks.rules()


class Catalogue:
    """The rules, and the version of iamgen that they are of."""

    def __init__(self, answers: Answers | None) -> None:
        """Ask what was told before, if something was."""
        self._answers = answers

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules, by code."""
        if self._answers is None:
            return all_rules()
        return {row[0]: Rule(row[0], row[1], row[2], row[3], partial(_find, row[1])) for row in self._told[1:]}

    @property
    def version(self) -> str:
        """The version of iamgen that is installed; empty where none is."""
        return _version() if self._answers is None else cast("str", self._told[0])

    @cached_property
    def _told(self) -> tuple[Any, ...]:
        """The version, and of each rule what is told of it without asking it."""
        assert self._answers is not None  # noqa: S101 - what it is for
        known = self._answers.recall("rules", None)
        if known is None:
            rows = [(one.code, one.name, one.severity, one.page) for one in all_rules().values()]
            known = (_version(), *rows)
            self._answers.keep("rules", {}, known)
        return cast("tuple[Any, ...]", known)


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
