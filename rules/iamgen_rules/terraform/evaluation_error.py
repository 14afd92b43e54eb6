"""What is wrong in an expression: an error that `try` catches, and that becomes a Problem at an argument's edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iamgen_rules.terraform.syntax import Extent
    from iamgen_rules.terraform.types import Type


class EvaluationError(Exception):
    """An expression that Terraform would refuse, or that goes beyond our limits: `message`, and where if it is known.

    `argument` is the number (from 0) of a function's argument that is to blame. `lasting` is one that no `try` hides:
    a limit, or a file that may not be read. `through` are the expressions that failed by it, by their identity, with
    the type that one would have had where that is known.
    """

    def __init__(
        self, message: str, extent: Extent | None = None, *, argument: int | None = None, lasting: bool = False
    ) -> None:
        """Take the message as people will read it."""
        super().__init__(message)
        self.message = message
        self.extent = extent
        self.argument = argument
        self.lasting = lasting
        self.through: dict[int, Type | None] = {}


class TemplateValueError(EvaluationError):
    """A value that has no place in a template: null, or no text."""
