"""Where the parts of a text were written: of `jsonencode(…)`, and of a template that is JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iamgen_rules.account.resource import Origin, Step
from iamgen_rules.policy.text import Text, parts_of
from iamgen_rules.source import Place, Span
from iamgen_rules.terraform.json_file import part_of
from iamgen_rules.terraform.json_tree import read_json
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Expression, Extent, ObjectOf, Template, TupleOf
from iamgen_rules.terraform.syntax_error import HclSyntaxError
from iamgen_rules.terraform.values import Value

_HOLE = "null"  # JSON outside of strings and inside of them


@dataclass(frozen=True, slots=True)
class Literal:
    """An expression of the configuration."""

    scope: Scope
    node: Expression

    def place(self, path: Sequence[Step]) -> Place:
        """Where the expression is written, or as much of the path as it spells out itself."""
        node = self.node
        for step in path:
            inner = _written(node, step)
            if inner is None:
                break
            node = inner
        return self.scope.place(node.extent)


def _written(node: Expression, step: Step) -> Expression | None:
    if isinstance(node, TupleOf):
        return node.elements[step] if isinstance(step, int) and 0 <= step < len(node.elements) else None
    if step == 0:
        return node  # IAM reads a single statement or action without a list around it
    if isinstance(node, ObjectOf):
        keys = ((key.parts if isinstance(key, Template) else (), value) for key, value in reversed(node.items))
        return next((value for parts, value in keys if parts == (step,)), None)
    return None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text that was made of a value, in a call."""

    value: Value
    call: Origin

    def place(self, path: Sequence[Step]) -> Place:
        """Where that part of the value was written, or the nearest part around it that was written at all."""
        value, origin, taken = self.value, self.value.origin or self.call, 0
        for at, step in enumerate(path, start=1):
            part = _part(value, step)
            if part is None:
                break
            value = part
            if value.origin:
                origin, taken = value.origin, at
        return origin.place(path[taken:])


def _part(value: Value, step: Step) -> Value | None:
    data = value.data
    if isinstance(data, tuple):
        return data[step] if isinstance(step, int) and 0 <= step < len(data) else None
    if step == 0:
        return value
    return data.get(step) if isinstance(data, Mapping) and isinstance(step, str) else None


@dataclass(frozen=True, slots=True)
class JsonTemplate:
    """A template that is JSON; `starts` tells where the text of each of its parts begins."""

    scope: Scope
    node: Template
    text: Text
    starts: Sequence[int]

    def place(self, path: Sequence[Step]) -> Place:
        """The line that a part of the JSON begins on; of a template on one line, or of what is no JSON, the whole."""
        whole = self.scope.place(self.node.extent)
        if whole.span is None or whole.span.line == whole.span.end_line or not path:
            return whole
        text = with_holes(self.text)
        try:
            offset = part_of(read_json(text, Extent(0, len(text))), path).extent.start
        except HclSyntaxError:
            return whole
        return self._line(self._source_line(text, offset, whole.span), whole.span)

    def _source_line(self, text: str, offset: int, whole: Span) -> int:
        """The line of the file that holds what is at an offset of the text."""
        part = max(at for at, start in enumerate(self.starts) if start <= offset)
        node = self.node.parts[part]
        if not isinstance(node, str):
            return self._span(node.extent, whole).line
        before = self.node.parts[part - 1] if part else ""
        opening = 1 if self.node.extent.start else 0  # a heredoc has a line of its own for it, a file has none
        first = whole.line + opening if isinstance(before, str) else self._span(before.extent, whole).end_line
        return first + text.count("\n", self.starts[part], offset)

    def _span(self, extent: Extent, whole: Span) -> Span:
        return self.scope.place(extent).span or whole

    def _line(self, line: int, whole: Span) -> Place:
        """The place of a line of the template."""
        start, end = self._first_on(line, whole), self._first_on(line + 1, whole)
        return self.scope.place(Extent(start, max(start, end - 1)))

    def _first_on(self, line: int, whole: Span) -> int:
        """The first offset in the template that is on a line, or behind it."""
        low, high = whole.start, whole.end
        while low < high:
            middle = (low + high) // 2
            if self._span(Extent(middle, middle), whole).line < line:
                low = middle + 1
            else:
                high = middle
        return low


def with_holes(text: Text) -> str:
    """A text with something in the place of each unknown piece."""
    return "".join(part if isinstance(part, str) else _HOLE for part in parts_of(text))
