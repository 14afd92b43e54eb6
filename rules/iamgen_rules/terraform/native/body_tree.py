"""Rules of the grammar that make bodies: arguments and blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.expression_tree import around, expression, only, place
from iamgen_rules.terraform.syntax import Argument, Block, Body, Extent, Template


def body_of(items: Sequence[Argument | Block], extent: Extent) -> Body:
    """A body. Of an argument that is set more than once the first counts; the others are problems."""
    arguments: dict[str, Argument] = {}
    again = [item for item in items if isinstance(item, Argument) and arguments.setdefault(item.name, item) is not item]
    problems = tuple((f"the argument {item.name} is set more than once", item.extent) for item in again)
    blocks = tuple(item for item in items if isinstance(item, Block))
    return Body(arguments, blocks, extent, problems=problems)


def _items(children: Sequence[Any]) -> list[Argument | Block]:
    return list(children)


def _argument(children: Sequence[Any]) -> Argument:
    value = expression(children[2])
    return Argument(children[0].text, value, Extent(children[0].start, around(children).end))


def _block(children: Sequence[Any]) -> Block:
    *head, opener, items, closer = children
    labels = tuple(_label(label) for label in head[1:])
    body = body_of(items, Extent(opener.end, closer.start))
    return Block(head[0].text, labels, body, Extent(place(head[0]).start, closer.end))


def _label(label: Token | Template) -> str:
    if isinstance(label, Token):
        return label.text
    return "".join(part for part in label.parts if isinstance(part, str))


BODY_RULES: dict[str, Callable[[Sequence[Any]], Any]] = {
    "start": only,
    "body": _items,
    "attribute": _argument,
    "block": _block,
}
