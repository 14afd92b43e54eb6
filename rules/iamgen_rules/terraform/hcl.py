"""The door to python-hcl2: the text of a body, an expression or a template → `syntax`. Only here lark is imported.

Every function raises HclSyntaxError, with the place, for what Terraform's parser refuses. Positions are offsets in the
whole text, also where a part of it is read.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from iamgen_rules.terraform.native.body_tree import body_of
from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.lexer import body_tokens, expression_tokens, template_tokens
from iamgen_rules.terraform.native.parser_table import grammar, pair, store, stored
from iamgen_rules.terraform.native.tree import to_syntax
from iamgen_rules.terraform.syntax import Argument, Block, Body, Expression, Extent, Template
from iamgen_rules.terraform.syntax_error import HclSyntaxError

if TYPE_CHECKING:
    from lark import Lark


def parse_body(text: str, extent: Extent | None = None) -> Body:
    """The arguments and blocks in a text (a whole file, what stands between a block's braces)."""
    extent = extent or Extent(0, len(text))
    return body_of(_items(body_tokens(text, extent), extent), extent)


def parse_block(text: str, extent: Extent) -> Block:
    """The one block that stands there, its type and labels included."""
    items = _items(body_tokens(text, extent), extent)
    if len(items) == 1 and isinstance(items[0], Block):
        return items[0]
    raise HclSyntaxError("this is not a single block", extent)


def parse_expression(text: str, extent: Extent | None = None, places: Sequence[int] | None = None) -> Expression:
    """An expression, in which newlines do not count. `places`: where the text's characters stand in the file."""
    extent = extent or Extent(0, len(text))
    return _value(_items(expression_tokens(text, extent, places), extent))


def parse_template(text: str, extent: Extent | None = None, places: Sequence[int] | None = None) -> Template:
    """A template that stands in no quotes: a file of `templatefile`, a string in JSON."""
    extent = extent or Extent(0, len(text))
    return cast(Template, _value(_items(template_tokens(text, extent, places), extent)))


def _value(items: Sequence[Argument | Block]) -> Expression:
    return cast(Argument, items[0]).value


def _items(tokens: Sequence[Token], extent: Extent) -> Sequence[Argument | Block]:
    from lark.exceptions import UnexpectedToken

    with _no_garbage_collection():
        feed: Callable[..., Any] = _parser().parse_interactive().parser_state.feed_token
        end = Token("$END", "", extent.end, extent.end)
        token = end
        try:
            for token in tokens:
                feed(token)
            token = end
            tree = feed(end, True)
        except UnexpectedToken:
            raise _unexpected(token) from None
        items: Sequence[Argument | Block] = to_syntax(tree)
        return items


def _unexpected(token: Token) -> HclSyntaxError:
    place = Extent(token.start, token.end)
    if token.type == "$END":
        return HclSyntaxError("the text ends in the middle of an expression", place)
    return HclSyntaxError(f"{token.text} does not belong here", place)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@cache
def _parser() -> Lark:
    from lark import Lark, __version__

    text = grammar()
    made_from = pair(text, __version__)
    table = stored(made_from)
    if table is not None:
        return Lark.load(BytesIO(table))
    made = make_table(text)
    store(made_from, made)
    return Lark.load(BytesIO(made))


def make_table(grammar_text: str) -> bytes:
    """The parser's table for a grammar."""
    from lark import Lark

    made = BytesIO()
    Lark(grammar_text, parser="lalr", lexer="basic").save(made)
    return made.getvalue()
