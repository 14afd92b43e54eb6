"""The errors of iamgen, and the exit code that each of them means.

IamgenError                 2
├── InputError              2   what the user gave us is wrong; carries every problem found
├── UsageError              2   the command line asks for what cannot be done
└── OutputError             2   the result could not be written
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamgen_rules.source import Place


class IamgenError(Exception):
    """Anything that the person who sees it can mend; its text is one or more whole lines."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in an input.

    `place.address` names the field (`users[2].name`), `place.span` the text where it is known.
    """

    place: Place
    message: str

    def __str__(self) -> str:
        """`file:line:column: field: message`."""
        return ": ".join(part for part in (str(self.place), self.place.address, self.message) if part)


class InputError(IamgenError):
    """An input that cannot be used; `problems` are in the order of the text, one line each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems; `str()` of the error is one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(IamgenError):
    """The command line asks for something that cannot be done."""


class OutputError(IamgenError):
    """The result could not be written; what existed before is unchanged."""
