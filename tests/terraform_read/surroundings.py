"""What surrounds an expression in the tests: names with values, files, no bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iamgen_rules.source import Place
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.names import Local
from iamgen_rules.terraform.scope import Scope, Step
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.values import Value

from .quick_parser import parse_expression, parse_template


class NoBounds:
    """A meter that lets everything pass."""

    def spend(self, steps: int = 1) -> None:
        pass

    def text(self, length: int) -> None:
        pass

    def elements(self, number: int) -> None:
        pass


@dataclass(frozen=True)
class Folder:
    """The files of a folder."""

    path: Path

    def read(self, path: str) -> bytes:
        try:
            return (self.path / path).read_bytes()
        except OSError as error:
            raise EvaluationError(str(error)) from None

    def exists(self, path: str) -> bool:
        return (self.path / path).is_file()

    def matching(self, folder: str, pattern: str) -> Sequence[str]:
        raise NotImplementedError


@dataclass(frozen=True)
class Surroundings:
    """A scope of `local.name`, and the context of its functions."""

    values: Mapping[str, Value] = field(default_factory=dict)
    files: Folder = field(default_factory=lambda: Folder(Path()))
    meter: NoBounds = field(default_factory=NoBounds)

    @property
    def context(self) -> Surroundings:
        return self

    def template(self, text: str, variables: Value, name: str) -> Value:  # noqa: ARG002 - as Context has it
        names = variables.data if isinstance(variables.data, Mapping) else {}
        scope: Scope = Local(Surroundings({}, self.files, self.meter), names)
        return evaluate(parse_template(text), scope)

    def resolve(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        name = steps[0] if steps else None
        if root != "local" or not isinstance(name, str) or name not in self.values:
            raise EvaluationError(f"{root}.{name} is not declared", extent)
        return self.values[name], 1

    def place(self, extent: Extent) -> Place:
        return Place("test.tf", f"{extent.start}")


def value_of(text: str, scope: Scope | None = None) -> Value:
    """The value of an expression."""
    return evaluate(parse_expression(text), scope or Surroundings())
