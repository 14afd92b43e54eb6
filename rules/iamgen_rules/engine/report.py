"""What a lint says, as data; each format of `iamgen_rules.report` shows all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from iamgen_rules.errors import Problem
from iamgen_rules.rule import Fix, Line, Rule, Severity
from iamgen_rules.source import Place

if TYPE_CHECKING:
    from iamgen_rules.account.model import Kind
    from iamgen_rules.account.verdict import Class, Verdict
    from iamgen_rules.who import Who


class Silenced(NamedTuple):
    """Why a finding does not count: the reason that somebody wrote, and where."""

    reason: str
    place: Place


class Broken(NamedTuple):
    """A bug of ours: what raised an exception (a rule, or judging, which has no code), what it said, and where."""

    code: str
    name: str
    said: str
    at: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause. `message` has the consequence; the first of `principals` is the reason's, the others follow sorted.

    `root` is that of the first principal. `suppressed` by a comment or `lint.ignore`, `baseline`: known before; either
    way it does not count. `fingerprint` (32 hexadecimal digits) stays when lines move.
    """

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    principals: tuple[Who, ...]
    reason: tuple[Line, ...]
    fix: Fix | None
    fingerprint: str
    root: str = "."
    suppressed: Silenced | None = None
    baseline: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is neither silenced nor known."""
        return self.suppressed is None and not self.baseline


class Principal(NamedTuple):
    """What was found of a principal. `root` and `provider` say in which account; `unknowns` what would decide it."""

    kind: Kind
    name: str
    address: str
    klass: Class
    verdict: Verdict
    unknowns: tuple[str, ...]
    place: Place
    root: str
    provider: str


@dataclass(frozen=True, slots=True)
class Report:
    """Findings by place and code, everybody by root and address, what could not be read or is not settled.

    `errors`: what was not read, or would be refused by AWS. `stale`: suppressions, ignores and entries of a baseline
    that no longer match, told as problems; they do not fail. `uninstalled`: sources of modules that `terraform get`
    gets. `files`: how many were read. `texts`: what was read, by document, for showing lines. `rules` are those that
    ran, `broken` those of them that raised an exception. `unplaced`: what is said of somebody who is not known, and so
    was judged for nobody; it does not fail.
    """

    version: str
    rules: Mapping[str, Rule]
    findings: tuple[Finding, ...]
    principals: tuple[Principal, ...]
    errors: tuple[Problem, ...] = ()
    stale: tuple[Problem, ...] = ()
    uninstalled: tuple[str, ...] = ()
    files: int = 0
    roots: tuple[str, ...] = ()
    texts: Mapping[str, str] | None = None
    broken: tuple[Broken, ...] = ()
    unplaced: tuple[Problem, ...] = ()
