"""What surrounds an expression in the tests: names with values, the files in `files/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iamgen_rules.source import Place
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.hcl import parse_expression, parse_template
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.names import Local
from iamgen_rules.terraform.root_files import RootFiles
from iamgen_rules.terraform.scope import Context, Files, Scope, Step
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.values import Value

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Surroundings:
    """A scope of `local.name`, and the context of its functions."""

    values: Mapping[str, Value] = field(default_factory=dict)
    meter: Budget = field(default_factory=Budget)
    in_template: bool = False

    @property
    def files(self) -> Files:
        return RootFiles(Repository(FILES), str(FILES), self.meter)

    @property
    def context(self) -> Context:
        return self

    def template(self, text: str, variables: Value, name: str) -> Value:  # noqa: ARG002 - as Context has it
        if self.in_template:
            raise EvaluationError("a template in a template")
        names = variables.data if isinstance(variables.data, Mapping) else {}
        scope: Scope = Local(Surroundings({}, self.meter, in_template=True), names)
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
