"""The pieces of a template → its parts: stripped, unindented, directives nested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from iamgen_rules.terraform.native.template_text import Interruption, Literal, Piece, strip, unindent
from iamgen_rules.terraform.syntax import Expression, Extent, TemplateFor, TemplateIf, TemplatePart
from iamgen_rules.terraform.syntax_error import HclSyntaxError

MAX_DIRECTIVES = 50


@dataclass(frozen=True, slots=True)
class Directive:
    """`%{ if … }` and its like; `names` of a `for`, `expression` is its collection or the condition."""

    keyword: str
    extent: Extent
    names: tuple[str, ...] = ()
    expression: Expression | None = None


@dataclass(slots=True)
class _Open:
    """A directive that is not ended yet."""

    directive: Directive
    parts: list[TemplatePart]
    then: list[TemplatePart] | None = None  # an `if` behind its `else`


def template_parts(pieces: Sequence[Piece], flush: bool) -> tuple[TemplatePart, ...]:
    """The parts of a template; `flush`: a `<<-` heredoc. Raises HclSyntaxError for directives that do not match.

    Literal text beside a single interpolation stays, though it be empty: the template is a string then.
    """
    strip(pieces)
    if flush:
        unindent(pieces)
    return _nested(_melded(pieces))


def _melded(pieces: Sequence[Piece]) -> Sequence[str | Expression | Directive]:
    melded: list[str | Expression | Directive] = []
    for is_literal, group in groupby(pieces, lambda piece: isinstance(piece, Literal)):
        if is_literal:
            melded.append("".join(piece.text for piece in group if isinstance(piece, Literal)))
        else:
            melded += [piece.content for piece in group if isinstance(piece, Interruption)]
    return melded


def _nested(parts: Sequence[str | Expression | Directive]) -> tuple[TemplatePart, ...]:
    root: list[TemplatePart] = []
    opened: list[_Open] = []
    for part in parts:
        if not isinstance(part, Directive):
            (opened[-1].parts if opened else root).append(part)
        elif part.keyword in ("if", "for"):
            if len(opened) == MAX_DIRECTIVES:
                raise HclSyntaxError(
                    f"directives nested more than {MAX_DIRECTIVES} deep, which iamgen does not read", part.extent
                )
            opened.append(_Open(part, []))
        elif part.keyword == "else":
            _turn(opened, part)
        else:
            ended = _end(opened, part)
            (opened[-1].parts if opened else root).append(ended)
    if opened:
        directive = opened[-1].directive
        raise HclSyntaxError(f"this {directive.keyword} has no end{directive.keyword}", directive.extent)
    return tuple(root)


def _turn(opened: Sequence[_Open], part: Directive) -> None:
    if not opened or opened[-1].directive.keyword != "if" or opened[-1].then is not None:
        raise HclSyntaxError("an else without an if", part.extent)
    opened[-1].then, opened[-1].parts = opened[-1].parts, []


def _end(opened: list[_Open], part: Directive) -> TemplateIf | TemplateFor:
    keyword = part.keyword.removeprefix("end")
    if not opened or opened[-1].directive.keyword != keyword:
        raise HclSyntaxError(f"an {part.keyword} without its {keyword}", part.extent)
    last = opened.pop()
    directive = last.directive
    extent = Extent(directive.extent.start, part.extent.end)
    value = cast(Expression, directive.expression)
    if keyword == "for":
        key, name = ("", *directive.names)[-2:]
        return TemplateFor(key, name, value, tuple(last.parts), extent)
    if last.then is None:
        return TemplateIf(value, tuple(last.parts), (), extent)
    return TemplateIf(value, tuple(last.then), tuple(last.parts), extent)
