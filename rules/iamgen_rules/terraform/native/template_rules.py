"""Rules of the grammar that make templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.expression_tree import around, expression, expressions, only
from iamgen_rules.terraform.native.template_text import Interruption, Literal, Piece
from iamgen_rules.terraform.native.template_tree import Directive, template_parts
from iamgen_rules.terraform.syntax import Template


def _string(children: Sequence[Any]) -> Template:
    pieces: list[Piece] = [Literal(piece.text) if isinstance(piece, Token) else piece for piece in children[1:-1]]
    return Template(template_parts(pieces, flush=children[0].text == "<<-"), around(children))


def _interruption(children: Sequence[Any], content: Any) -> Interruption:
    return Interruption(content, children[0].text.endswith("~"), children[-1].text.startswith("~"))


def _interpolation(children: Sequence[Any]) -> Interruption:
    return _interruption(children, expression(children[1]))


def _directive(children: Sequence[Any]) -> Interruption:
    found = expressions(children)
    names = tuple(child.text for child in children if isinstance(child, Token) and child.type == "NAME")
    directive = Directive(children[1].text, around(children), names, found[0] if found else None)
    return _interruption(children, directive)


TEMPLATE_RULES: dict[str, Callable[[Sequence[Any]], Any]] = {
    "string": _string,
    "string_part": only,
    "interpolation": _interpolation,
    "template_if_start": _directive,
    "template_else": _directive,
    "template_endif": _directive,
    "template_for_start": _directive,
    "template_endfor": _directive,
}
