"""The scope of expressions that may not refer to anything: defaults and values of variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Context, Step
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.types import STRING, map_of
from iamgen_rules.terraform.values import Value


@dataclass(frozen=True, slots=True)
class NoNames:
    """No name means anything here."""

    context: Context

    def region(self, provider: str) -> Value:  # noqa: ARG002 - a protocol
        """None is said."""
        return Value(STRING, None)

    def tags(self, provider: str) -> Value:  # noqa: ARG002 - a protocol
        """None are said."""
        return Value(map_of(STRING), None)

    def named(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:  # noqa: ARG002 - a protocol
        """Raise EvaluationError."""
        raise EvaluationError(f"{root}: nothing can be referred to here", extent, lasting=True)
