"""What functions may use in one root module: its files, its bounds, templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from iamgen_rules.source import Place
from iamgen_rules.terraform import hcl
from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Context, Files, Meter, Step
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.values import Value


@dataclass(frozen=True, slots=True)
class EvaluationContext:
    """The `Context` of one root module, or of a template in it."""

    files: Files
    meter: Meter
    in_template: bool = False

    def template(self, text: str, variables: Value, name: str) -> Value:
        """The text, a template, with these variables; `name` for messages. Raises EvaluationError."""
        if self.in_template:
            raise EvaluationError("a template may not call templatefile or templatestring itself")
        scope = _TemplateScope(replace(self, in_template=True), Document(name, text), variables)
        try:
            with self.meter.nested():
                return evaluate(hcl.parse_template(text), scope)
        except EvaluationError as error:
            where = "" if error.extent is None else f" in {scope.place(error.extent)}"
            raise EvaluationError(f"{error.message}{where}", lasting=error.lasting) from None


@dataclass(frozen=True, slots=True)
class _TemplateScope:
    """In a template nothing has a name but its variables."""

    context: Context
    document: Document
    variables: Value

    def resolve(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:  # noqa: ARG002 - as Scope has it
        """The value of a variable."""
        data = self.variables.data
        if isinstance(data, Mapping) and root in data:
            return data[root], 0
        raise EvaluationError(f"the template has no variable {root}", extent)

    def place(self, extent: Extent) -> Place:
        """Where a piece of the template stands."""
        return self.document.place(extent)
