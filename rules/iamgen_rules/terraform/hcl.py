"""The door to python-hcl2: the text of a body, an expression or a template → `syntax`. Only here lark is imported.

Every function raises HclSyntaxError, with the place, for what Terraform's parser refuses. Positions are offsets in the
whole text, also where a part of it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from iamgen_rules.errors import UsageError
from iamgen_rules.terraform.native.body_tree import body_of
from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.lexer import body_tokens, expression_tokens, template_tokens
from iamgen_rules.terraform.native.parser import Parser, UnexpectedTokenError
from iamgen_rules.terraform.native.parser_table import Rule, Table, grammar, made_from, store, stored
from iamgen_rules.terraform.syntax import Argument, Block, Body, Expression, Extent, Template
from iamgen_rules.terraform.syntax_error import HclSyntaxError


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
    try:
        items: Sequence[Argument | Block] = _parser().read([*tokens, Token("$END", "", extent.end, extent.end)])
    except UnexpectedTokenError as error:
        raise _unexpected(error.token) from None
    return items


def _unexpected(token: Token) -> HclSyntaxError:
    place = Extent(token.start, token.end)
    if token.type == "$END":
        return HclSyntaxError("the text ends in the middle of an expression", place)
    return HclSyntaxError(f"{token.text} does not belong here", place)


@cache
def _parser() -> Parser:
    text = grammar()
    source = made_from(text)
    table = stored(source)
    if table is None:
        table = make_table(text)
        store(source, table)
    return Parser(table)


def make_table(grammar_text: str) -> Table:
    """The parser's table for a grammar."""
    from lark import Lark

    made: Any = Lark(grammar_text, parser="lalr", lexer="basic").parser.parser.parser.parse_table
    [start], [end] = made.start_states.values(), made.end_states.values()
    numbers = {state: number for number, state in enumerate(_reached(made.states, start))}
    states = [made.states[state] for state in numbers]
    reduced = dict.fromkeys(then for state in states for _, (_, then) in sorted(state.items()) if then not in numbers)
    leads_to = {**numbers, **{rule: ~number for number, rule in enumerate(reduced)}}
    plain = ({name: leads_to[then] for name, (_, then) in sorted(state.items())} for state in states)
    return Table(numbers[start], numbers[end], tuple(map(_rule, reduced)), tuple(plain))


def _reached(states: Any, start: int) -> Sequence[int]:
    """The states in an order that does not depend on their numbers, which differ from run to run."""
    order = [start]
    for state in order:
        after = (then for _, (_, then) in sorted(states[state].items()) if isinstance(then, int))
        order += [then for then in dict.fromkeys(after) if then not in order]
    return order


def _rule(rule: Any) -> Rule:
    """A rule of lark, whose names in one with `_` go to the rule around them."""
    origin, symbols, options = str(rule.origin.name), rule.expansion, rule.options
    if options.empty_indices or any(symbol.is_term and symbol.filter_out for symbol in symbols):
        raise UsageError(f"the rule {origin} of python-hcl2's grammar leaves symbols out, which iamgen does not know")
    name = "" if origin.startswith("_") else str(rule.alias or origin)
    spliced = tuple(at for at, symbol in enumerate(symbols) if not symbol.is_term and symbol.name.startswith("_"))
    alone = options.expand1 and not rule.alias and len(symbols) == 1
    return Rule(origin, len(symbols), name, spliced, alone)
