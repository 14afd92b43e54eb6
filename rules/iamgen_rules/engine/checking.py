"""The door for callers: judged accounts and rules to a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iamgen_rules.engine.directives import directives
from iamgen_rules.engine.merging import Said, merge, where
from iamgen_rules.engine.report import Principal, Report
from iamgen_rules.engine.running import Ran, completed, run
from iamgen_rules.engine.selection import selected
from iamgen_rules.engine.silencers import Silencer
from iamgen_rules.engine.silencing import Silencing, in_force
from iamgen_rules.errors import Problem
from iamgen_rules.rule import Rule
from iamgen_rules.settings import Settings

if TYPE_CHECKING:
    from iamgen_rules.subject import Subject


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: texts by document, how many files, what could not be read, which roots there are."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: int = 0
    errors: Sequence[Problem] = ()
    uninstalled: Sequence[str] = ()
    roots: Sequence[str] = ()


def check(
    subjects: Iterable[Subject], rules: Mapping[str, Rule], settings: Settings, read: Read, version: str = ""
) -> Report:
    """Run the selected rules on every account. Raises UsageError for codes of no rule.

    The order of the accounts, and of what was read, changes nothing. For accounts that are judged elsewhere, in other
    processes, there are `selected`, `run` and `report`, which is all that this is made of.
    """
    running = selected(rules, settings)
    return report([run(subject, running.values()) for subject in subjects], rules, settings, read, version)


def report(ran: Iterable[Ran], rules: Mapping[str, Rule], settings: Settings, read: Read, version: str = "") -> Report:
    """The report on what rules said. `rules` are all that there are, of which the selected ones ran."""
    running, ran = selected(rules, settings), list(ran)
    silencers, wrong = _silencers(read.texts, rules, settings)
    silencing = Silencing(silencers, settings)
    said = [
        silencing.apply(Said(code, each.root, violation), each.folder)
        for each in ran
        for code, violation in each.violations
    ]
    broken = {one for each in ran for one in each.broken}
    return Report(
        version,
        running,
        merge(said, running),
        tuple(sorted((one for each in ran for one in each.principals), key=_by_address)),
        errors=_problems([*read.errors, *wrong, *(one for each in ran for one in each.problems)]),
        stale=_problems(silencing.stale(completed(running, broken))),
        uninstalled=tuple(sorted(set(read.uninstalled))),
        files=read.files,
        roots=tuple(sorted(set(read.roots))),
        texts=dict(sorted(read.texts.items())),
        broken=tuple(sorted(broken)),
        unplaced=_problems(one for each in ran for one in each.unplaced),
    )


def _silencers(
    texts: Mapping[str, str], rules: Mapping[str, Rule], settings: Settings
) -> tuple[list[Silencer], list[Problem]]:
    """What silences, in the texts and in the settings, and what is wrong with some of it."""
    found = [*directives(texts, rules), *in_force(settings.ignores, rules)]
    return [one for one in found if not isinstance(one, Problem)], [one for one in found if isinstance(one, Problem)]


def _by_address(one: Principal) -> tuple[str, ...]:
    return one.root, one.address, one.kind, one.name, one.provider


def _problems(found: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (where(one.place), one.message)))
