"""Terraform's configuration as a tree: expressions, templates, bodies. Knows neither python-hcl2 nor JSON.

Positions are offsets in the text of the file (characters from 0); `source.Span` is made from them when it is shown.
Source: "Syntax - Configuration Language", "Expressions" (Terraform documentation); the HCL native syntax
specification.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BinaryOperator = Literal["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"]


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a node stands in its file's text: characters from 0, the end is behind the last one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant:
    """`null`, `true`, `12`, `1.5`; the text of a number as it is written. Strings are templates."""

    value: bool | str | None
    extent: Extent


@dataclass(frozen=True, slots=True)
class Template:
    """A quoted string or heredoc; escapes, indentation and strip markers are already worked out.

    One with nothing but a single interpolation has that expression's own value, whatever its type.
    """

    parts: tuple[TemplatePart, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class TemplateIf:
    """`%{ if condition }then%{ else }otherwise%{ endif }`."""

    condition: Expression
    then: tuple[TemplatePart, ...]
    otherwise: tuple[TemplatePart, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """`%{ for key, value in collection }body%{ endfor }`; `key` is empty where only the value is named."""

    key: str
    value: str
    collection: Expression
    body: tuple[TemplatePart, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Name:
    """The first part of a reference: `var`, `local`, `aws_iam_user`, `each`, or the name of a `for`."""

    name: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Attribute:
    """`object.name`."""

    object: Expression
    name: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Index:
    """`collection[key]`, and `collection.0`."""

    collection: Expression
    key: Expression
    extent: Extent


@dataclass(frozen=True, slots=True)
class Splat:
    """`source[*].a[0]` (full), `source.*.a` (not full, which takes only attributes).

    `each` is evaluated with `Each` standing for one element.
    """

    source: Expression
    each: Expression
    full: bool
    extent: Extent


@dataclass(frozen=True, slots=True)
class Each:
    """One element, inside `Splat.each`."""

    extent: Extent


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`, the last of them spread where `expand`; `core::` is taken off the name."""

    function: str
    arguments: tuple[Expression, ...]
    expand: bool
    extent: Extent


@dataclass(frozen=True, slots=True)
class Unary:
    """`-operand` and `!operand`."""

    operator: Literal["-", "!"]
    operand: Expression
    extent: Extent


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`."""

    operator: BinaryOperator
    left: Expression
    right: Expression
    extent: Extent


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression
    extent: Extent


@dataclass(frozen=True, slots=True)
class TupleOf:
    """`[a, b]`."""

    elements: tuple[Expression, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """`{ key = value }`; a key that is a plain word is a Template of that word."""

    items: tuple[tuple[Expression, Expression], ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class ForTuple:
    """`[for key, value in collection : result if condition]`; `key` is empty where only the value is named."""

    key: str
    value: str
    collection: Expression
    result: Expression
    condition: Expression | None
    extent: Extent


@dataclass(frozen=True, slots=True)
class ForObject:
    """`{for key, value in collection : result_key => result if condition}`, with `...` where `grouping`."""

    key: str
    value: str
    collection: Expression
    result_key: Expression
    result: Expression
    condition: Expression | None
    grouping: bool
    extent: Extent


Expression = (
    Constant | Template | Name | Attribute | Index | Splat | Each | Call | Unary | Binary | Conditional
    | TupleOf | ObjectOf | ForTuple | ForObject
)  # fmt: skip
TemplatePart = str | Expression | TemplateIf | TemplateFor


@dataclass(frozen=True, slots=True)
class Argument:
    """`name = value` in a body."""

    name: str
    value: Expression
    extent: Extent


@dataclass(frozen=True, slots=True)
class Block:
    """A block inside a body, or a top-level one: `type "label" { body }`."""

    type: str
    labels: tuple[str, ...]
    body: Body
    extent: Extent


@dataclass(frozen=True, slots=True)
class Body:
    """The arguments and blocks of a block. In JSON an argument may mean blocks: ask `blocks_of`.

    `repeated`: in JSON, what is named again and may be blocks. `problems` are those of the syntax (an argument that is
    set twice), each with its place.
    """

    arguments: Mapping[str, Argument]
    blocks: tuple[Block, ...]
    extent: Extent
    json: bool = False
    problems: tuple[tuple[str, Extent], ...] = field(default=())
    repeated: tuple[Argument, ...] = ()
