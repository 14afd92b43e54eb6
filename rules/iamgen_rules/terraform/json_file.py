"""Where the parts of a file of JSON stand: a policy that is read with `file()`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iamgen_rules.source import Place, Span, Step
from iamgen_rules.terraform.json_tree import Json, read_json
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The `Origin` of the text of a file, by its path as people will read it."""

    path: str
    text: str

    def place(self, path: Sequence[Step]) -> Place:
        """The place of a part, or of the nearest one around it; the file as a whole where it is no JSON."""
        try:
            found = read_json(self.text, Extent(0, len(self.text)))
        except HclSyntaxError:
            return Place(self.path)
        return Place(self.path, "", self._span(part_of(found, path).extent))

    def _span(self, extent: Extent) -> Span:
        line = self.text.count("\n", 0, extent.start) + 1
        column = extent.start - (self.text.rfind("\n", 0, extent.start) + 1) + 1
        return Span(extent.start, extent.end, line, column, line + self.text.count("\n", extent.start, extent.end))


def part_of(found: Json, path: Sequence[Step]) -> Json:
    """A part of JSON, or the nearest one around it."""
    for step in path:
        inner = _inner(found, step)
        if inner is None:
            break
        found = inner
    return found


def _inner(found: Json, step: Step) -> Json | None:
    if found.kind == "array":
        return found.elements[step] if isinstance(step, int) and 0 <= step < len(found.elements) else None
    if step == 0:
        return found  # IAM reads a single statement or action without a list around it
    return next((value for key, value in reversed(found.members) if key.text == step), None)
