"""What linting can be told, as plain data: from the command line, from `lint:` in iamgen.yaml, or from Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from iamgen_rules.source import Place

FailOn = Literal["critical", "high", "medium", "low", "never"]


@dataclass(frozen=True, slots=True)
class Ignore:
    """An entry of `lint.ignore`: a rule's code, a glob for addresses of principals, why, and until when (inclusive)."""

    code: str
    principal: str
    reason: str
    until: date | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class RootSetting:
    """An entry of `lint.roots`: a folder, its variable files (relative to it), workspace, and what it is called."""

    path: str
    var_files: Sequence[str] = ()
    workspace: str = ""
    name: str = ""


def today() -> date:
    """The day now, in UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Settings:
    """Which rules run (`select`: these only; `ignore`: but these), what fails, what is silenced, what is read.

    `today` is compared with `until`, and is the moment at which conditions on the time are judged.
    """

    today: date
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fail_on: FailOn = "medium"
    strict: bool = False
    ignores: Sequence[Ignore] = ()
    roots: Sequence[RootSetting] = ()
    exclude: Sequence[str] = ()

    @property
    def now(self) -> datetime:
        """Noon of today, in UTC."""
        return datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)
