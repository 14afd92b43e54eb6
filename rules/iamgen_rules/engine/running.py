"""Rules on one account: what they say, and who is judged there. A rule that raises costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from traceback import extract_tb
from typing import TYPE_CHECKING, TypeVar

from iamgen_rules.engine.report import Broken, Principal
from iamgen_rules.errors import Problem
from iamgen_rules.rule import Rule, Violation

if TYPE_CHECKING:
    from iamgen_rules.subject import Subject

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Ran:
    """What rules said of one account: violations with the code of each rule, everybody, what AWS would refuse.

    `unplaced` is what the account says of somebody who is not known. `folder`: where its root module is, as the paths
    of documents begin.
    """

    root: str
    folder: str = "."
    violations: tuple[tuple[str, Violation], ...] = ()
    principals: tuple[Principal, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: tuple[Broken, ...] = ()
    unplaced: tuple[Problem, ...] = ()


def run(subject: Subject, rules: Iterable[Rule]) -> Ran:
    """Judge an account and run the rules on it. Of a rule that raises, what it said before is kept."""
    broken: list[Broken] = []
    principals = tuple(_guarded(partial(_principals, subject), "", "judging", broken))
    violations = tuple(_violations(subject, rules, broken)) if not broken else ()
    return Ran(
        subject.root,
        subject.folder or subject.root,
        violations,
        principals,
        subject.built.problems,
        tuple(broken),
        subject.built.unplaced,
    )


def completed(rules: Iterable[str], broken: Iterable[Broken]) -> set[str]:
    """The codes of the rules that said all that they have to say."""
    raised = {one.code for one in broken}
    return set() if "" in raised else set(rules) - raised


def _violations(subject: Subject, rules: Iterable[Rule], broken: list[Broken]) -> Iterator[tuple[str, Violation]]:
    for rule in rules:
        for violation in _guarded(partial(rule.find, subject), rule.code, rule.name, broken):
            yield rule.code, violation


def _guarded(begin: Callable[[], Iterable[_Item]], code: str, name: str, broken: list[Broken]) -> Iterator[_Item]:
    try:
        yield from begin()
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is told, and costs no other rule its findings
        broken.append(Broken(code, name, f"{type(error).__name__}: {error}", _innermost(error)))


def _innermost(error: Exception) -> str:
    frame = extract_tb(error.__traceback__)[-1]
    return f"{PurePath(frame.filename).name}:{frame.lineno}"


def _principals(subject: Subject) -> Iterator[Principal]:
    for ref, judgement in subject.judgements.items():
        yield Principal(
            ref.kind,
            ref.name,
            subject.who(ref).address,
            judgement.klass,
            judgement.verdict,
            tuple(sorted(judgement.unknowns)),
            subject.who(ref).place,
            subject.root,
            subject.built.provider,
        )


def attempt(make: Callable[[], _Item], name: str, broken: list[Broken]) -> _Item | None:
    """What is made; where that raises an exception, nothing, and what is broken is noted, as what it is called."""
    return next(_guarded(lambda: [make()], "", name, broken), None)
