"""`.tf.json` → the same blocks and bodies as of the native syntax.

JSON does not tell arguments from blocks: a body has arguments only, and `blocks_of` makes blocks of one when it is
asked for them. Strings are templates.
Source: "JSON Configuration Syntax" (Terraform documentation); the HCL JSON syntax specification.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iamgen_rules.terraform import hcl
from iamgen_rules.terraform.index import Index, TopBlock
from iamgen_rules.terraform.json_tree import Json, places_of, read_json
from iamgen_rules.terraform.native.template_text import composed
from iamgen_rules.terraform.syntax import (
    Argument,
    Block,
    Body,
    Constant,
    Expression,
    Extent,
    ObjectOf,
    Template,
    TupleOf,
    Unary,
)
from iamgen_rules.terraform.syntax_error import HclSyntaxError

_COMMENT = "//"
_LABELS: Mapping[str, int] = {
    "resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "check": 1,
}  # fmt: skip
_WORDS = {"true": True, "false": False, "null": None}


def index_json(text: str) -> Index:
    """Split a file into its blocks, as `index` does. Text that is no JSON is a problem.

    A block's extent begins at the last of its names. Its body is what `parse_body` takes.
    """
    start = 1 if text.startswith("\ufeff") else 0
    try:
        root = read_json(text, Extent(start, len(text)))
    except HclSyntaxError as error:
        return Index((), (error,))
    blocks: list[TopBlock] = []
    problems: list[HclSyntaxError] = []
    line, counted = 1, 0
    for key, value in _members(root, problems):
        for labels, extent, body in _leaves(value, key.extent, _LABELS.get(key.text, 0), problems):
            line += text.count("\n", counted, extent.start)
            counted = max(counted, extent.start)
            blocks.append(TopBlock(key.text, labels, Extent(extent.start, body.extent.end), body.extent, line))
    return Index(tuple(blocks), tuple(problems))


def _members(value: Json, problems: list[HclSyntaxError]) -> Iterator[tuple[Json, Json]]:
    """The members of an object, or of an array of objects."""
    for one in value.elements if value.kind == "array" else [value]:
        if one.kind != "object":
            problems.append(HclSyntaxError("an object must stand here", one.extent))
        yield from (member for member in one.members if member[0].text != _COMMENT)


def _leaves(
    value: Json, name: Extent, labels: int, problems: list[HclSyntaxError]
) -> Iterator[tuple[tuple[str, ...], Extent, Json]]:
    """The bodies below so many labels, each with its labels and where the last of its names stands."""
    if labels:
        for key, inner in _members(value, problems):
            for rest, extent, body in _leaves(inner, key.extent, labels - 1, problems):
                yield (key.text, *rest), extent, body
        return
    for one in value.elements if value.kind == "array" else [value]:
        if one.kind == "object":
            yield (), name, one
        elif one.text != "null":
            problems.append(HclSyntaxError("an object must stand here", one.extent))


def parse_body(text: str, extent: Extent) -> Body:
    """The arguments of the object that stands there. Raises HclSyntaxError."""
    value = _expression(text, read_json(text, extent))
    if not isinstance(value, ObjectOf):
        raise HclSyntaxError("an object must stand here", extent)
    return _body(value)


def _expression(text: str, value: Json) -> Expression:
    if value.kind == "object":
        items = ((_template(text, key), _expression(text, member)) for key, member in value.members)
        return ObjectOf(tuple(items), value.extent)
    if value.kind == "array":
        return TupleOf(tuple(_expression(text, element) for element in value.elements), value.extent)
    if value.kind == "string":
        return _template(text, value)
    if value.kind == "word":
        return Constant(_WORDS[value.text], value.extent)
    if value.text.startswith("-"):
        inner = Constant(value.text[1:], Extent(value.extent.start + 1, value.extent.end))
        return Unary("-", inner, value.extent)
    return Constant(value.text, value.extent)


def _template(text: str, string: Json) -> Template:
    if "{" not in string.text:
        return Template((composed(string.text),) if string.text else (), string.extent)
    template = hcl.parse_template(string.text, places=places_of(text, string))
    return Template(template.parts, string.extent)


def _body(value: ObjectOf) -> Body:
    """An object as a body. What is named again can only mean more blocks; a text or number is a problem."""
    arguments: dict[str, Argument] = {}
    repeated: list[Argument] = []
    problems: list[tuple[str, Extent]] = []
    for key, inner in value.items:
        name = plain_text(key)
        extent = Extent(key.extent.start, inner.extent.end)
        if name is None:
            problems.append(("a template cannot be a name", key.extent))
        elif name != _COMMENT and name not in arguments:
            arguments[name] = Argument(name, inner, extent)
        elif name != _COMMENT and isinstance(inner, ObjectOf | TupleOf):
            repeated.append(Argument(name, inner, extent))
        elif name != _COMMENT:
            problems.append((f"the argument {name} is set more than once", extent))
    return Body(arguments, (), value.extent, json=True, problems=tuple(problems), repeated=tuple(repeated))


def plain_text(expression: Expression) -> str | None:
    """What a string says that is no template; None for anything else."""
    if not isinstance(expression, Template):
        return None
    texts = [part for part in expression.parts if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(expression.parts) else None


def blocks_of(body: Body, type_: str, labels: int = 0) -> Sequence[Block]:
    """The blocks of a type in a body of either syntax; in JSON, an argument's objects that lie below so many labels."""
    if not body.json:
        return [block for block in body.blocks if block.type == type_]
    first = body.arguments.get(type_)
    arguments = [*([first] if first else []), *(one for one in body.repeated if one.name == type_)]
    return [block for one in arguments for block in _blocks(one.value, type_, (), labels)]


def _blocks(value: Expression, type_: str, labels: tuple[str, ...], more: int) -> Iterator[Block]:
    for one in value.elements if isinstance(value, TupleOf) else (value,):
        if not isinstance(one, ObjectOf):
            continue
        if not more:
            yield Block(type_, labels, _body(one), one.extent)
            continue
        for key, inner in one.items:
            label = plain_text(key)
            if label is not None and label != _COMMENT:
                yield from _blocks(inner, type_, (*labels, label), more - 1)


def reference(expression: Expression) -> Expression:
    """What a string says that stands for a reference in JSON: `depends_on`, `provider`, `ignore_changes`, a type.

    Anything else is itself. Raises HclSyntaxError for a string that is no expression.
    """
    text = plain_text(expression)
    if text is None:
        return expression
    extent = expression.extent
    is_as_written = extent.end - extent.start == len(text) + 2
    places = [extent.start + 1 + (number if is_as_written else 0) for number in range(len(text) + 1)]
    return hcl.parse_expression(text, places=places)
