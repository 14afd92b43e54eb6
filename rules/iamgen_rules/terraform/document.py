"""A file of configuration: its top-level blocks, and their bodies when they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iamgen_rules.errors import Problem
from iamgen_rules.source import Place, Span
from iamgen_rules.terraform import hcl, json_syntax
from iamgen_rules.terraform.index import TopBlock, index
from iamgen_rules.terraform.syntax import Body, Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError


@dataclass(eq=False)
class Document:
    """A file by its path, as people will read it, and its text; `problems` are those found so far."""

    path: str
    text: str
    problems: list[Problem] = field(default_factory=list)
    bodies: dict[TopBlock, Body] = field(default_factory=dict)
    broken: set[TopBlock] = field(default_factory=set)

    @property
    def is_json(self) -> bool:
        """Whether it is JSON."""
        return self.path.endswith(".json")

    def place(self, extent: Extent, address: str = "") -> Place:
        """Where a piece of its text stands."""
        start, end = extent.start, max(extent.start, extent.end - 1)
        line = bisect_right(self._lines, start)
        column = start - self._lines[line - 1] + 1
        return Place(self.path, address, Span(start, extent.end, line, column, bisect_right(self._lines, end)))

    @cached_property
    def _lines(self) -> Sequence[int]:
        """Where each line begins."""
        found, at = [0], self.text.find("\n")
        while at >= 0:
            found.append(at + 1)
            at = self.text.find("\n", at + 1)
        return found

    def text_of(self, block: TopBlock) -> str:
        """The text of a block."""
        return self.text[block.extent.start : block.extent.end]

    @cached_property
    def blocks(self) -> Sequence[TopBlock]:
        """Its top-level blocks."""
        found = json_syntax.index_json(self.text) if self.is_json else index(self.text)
        for error in found.problems:
            self._report(error)
        return found.blocks

    def body(self, block: TopBlock) -> Body:
        """The body of one of its blocks; empty where its syntax is wrong, which is a problem."""
        if block not in self.bodies:
            self.bodies[block] = self._parsed(block)
        return self.bodies[block]

    def is_broken(self, block: TopBlock) -> bool:
        """Whether the syntax of a block is wrong."""
        self.body(block)
        return block in self.broken

    def _parsed(self, block: TopBlock) -> Body:
        try:
            body = self._parse_body(block.body)
        except HclSyntaxError as error:
            self._report(error)
            self.broken.add(block)
            return Body({}, (), block.body)
        self._note(body)
        return body

    def _parse_body(self, extent: Extent) -> Body:
        return json_syntax.parse_body(self.text, extent) if self.is_json else hcl.parse_body(self.text, extent)

    def _note(self, body: Body) -> None:
        self.problems += [Problem(self.place(extent), message) for message, extent in body.problems]
        for block in body.blocks:
            self._note(block.body)

    def _report(self, error: HclSyntaxError) -> None:
        extent = error.extent or Extent(0, 0)
        self.problems.append(Problem(self.place(extent), error.message))
