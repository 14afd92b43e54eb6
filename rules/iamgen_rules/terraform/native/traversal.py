"""`a.b[0][*].c`: steps one after the other → nodes one inside the other, as Terraform understands splats.

Source: the HCL native syntax specification, "Index Operator", "Attribute Access Operator", "Splat Operators".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from iamgen_rules.terraform.syntax import Attribute, Each, Expression, Extent, Index, Splat
from iamgen_rules.terraform.syntax_error import HclSyntaxError


@dataclass(frozen=True, slots=True)
class Step:
    """One step behind an expression: `.name`, `[key]`, `.0` (a legacy index), `.*`, `[*]`."""

    kind: Literal["name", "key", "legacy", "splat", "full splat"]
    extent: Extent
    name: str = ""
    key: Expression | None = None


@dataclass(slots=True)
class Traversal:
    """An expression and the steps behind it, while they are being read."""

    base: Expression
    steps: list[Step] = field(default_factory=list[Step])

    def expression(self) -> Expression:
        """Its nodes. Raises HclSyntaxError for `.*` inside of `.*`."""
        bounds = [number for number, step in enumerate(self.steps) if step.kind == "full splat"]
        end = self.steps[-1].extent.end
        each: Expression | None = None
        ends = [*bounds, len(self.steps)][1:]
        for start, stop in zip(reversed(bounds), reversed(ends), strict=True):
            marker = self.steps[start].extent
            reached = _along(Each(marker), self.steps[start + 1 : stop])
            each = reached if each is None else _full(reached, each, end)
        if each is None:
            return _along(self.base, self.steps)
        return _full(_along(self.base, self.steps[: bounds[0]]), each, end)


def _full(source: Expression, each: Expression, end: int) -> Splat:
    return Splat(source, each, True, Extent(source.extent.start, end))


def _along(node: Expression, steps: Sequence[Step]) -> Expression:
    number = 0
    while number < len(steps):
        step = steps[number]
        number += 1
        if step.kind != "splat":
            node = _one(node, step)
            continue
        each: Expression = Each(step.extent)
        while number < len(steps) and steps[number].kind in ("name", "legacy"):
            each = _one(each, steps[number])
            number += 1
        if number < len(steps) and steps[number].kind == "splat":
            raise HclSyntaxError("a .* inside of another .*", steps[number].extent)
        node = Splat(node, each, False, Extent(node.extent.start, each.extent.end))
    return node


def _one(node: Expression, step: Step) -> Expression:
    extent = Extent(node.extent.start, step.extent.end)
    if step.key is None:
        return Attribute(node, step.name, extent)
    return Index(node, step.key, extent)
