"""Tokens → nodes of `syntax`, by the table of python-hcl2's grammar. Knows the grammar's rules, not lark.

A rule's handler is given what became of its children: tokens stay tokens, expressions are nodes, and a Traversal
until something takes it as an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from iamgen_rules.terraform.native.body_tree import BODY_RULES
from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.expression_tree import EXPRESSION_RULES
from iamgen_rules.terraform.native.parser_table import Rule, Table
from iamgen_rules.terraform.native.template_rules import TEMPLATE_RULES

Handler = Callable[[Sequence[Any]], Any]

RULES: dict[str, Handler] = {**BODY_RULES, **EXPRESSION_RULES, **TEMPLATE_RULES}


class UnexpectedTokenError(Exception):
    """A token that the grammar does not allow there."""

    def __init__(self, token: Token) -> None:
        """Take the token."""
        super().__init__(token.type)
        self.token = token


class Parser:
    """Reads by a table; `handlers` are by the names of rules."""

    def __init__(self, table: Table, handlers: Mapping[str, Handler] = RULES) -> None:
        """Look the handlers up; those of rules that our tokens never lead to may be missing."""
        self._start, self._end, self._states = table.start, table.end, table.states
        self._rules = [(rule.size, rule.origin, _maker(rule, handlers)) for rule in table.rules]

    def read(self, tokens: Iterable[Token]) -> Any:
        """What the first rule's handler makes of tokens, the last of them `$END`. Raises UnexpectedTokenError.

        No recursion: trees are as deep as texts are nested. One function, because most of it runs for each token.
        """
        table, rules, end = self._states, self._rules, self._end
        states: list[int] = [self._start]
        values: list[Any] = []
        for token in tokens:
            kind = token.type
            action = table[states[-1]].get(kind)
            while action is not None and action < 0:
                size, origin, make = rules[~action]
                if make is None:
                    del states[-1]
                elif size:
                    values[-size:] = (make(values[-size:]),)
                    del states[-size:]
                else:
                    values.append(make(()))
                states.append(table[states[-1]][origin])
                if states[-1] == end:
                    return values[-1]
                action = table[states[-1]].get(kind)
            if action is None:
                raise UnexpectedTokenError(token)
            states.append(action)
            values.append(token)
        raise ValueError("the last token is not $END")


def _maker(rule: Rule, handlers: Mapping[str, Handler]) -> Handler | None:
    """What makes something of a rule's children; None where the only one stands for itself."""
    if rule.is_transparent:
        return None
    handler = handlers.get(rule.name, _unknown(rule.name)) if rule.name else _kept
    return _spliced(rule.spliced, handler) if rule.spliced else handler


def _kept(children: Sequence[Any]) -> Sequence[Any]:
    return children


def _unknown(name: str) -> Handler:
    def handle(_: Sequence[Any]) -> Any:
        raise LookupError(f"the grammar's rule {name} has no handler")

    return handle


def _spliced(positions: Sequence[int], handler: Handler) -> Handler:
    """A handler that sees, in the place of some children, theirs."""

    def handle(children: Sequence[Any]) -> Any:
        made: list[Any] = []
        for at, child in enumerate(children):
            if at not in positions:
                made.append(child)
            elif made:
                made += child
            else:
                made = child  # grows from the left: copied each time it would be quadratic
        return handler(made)

    return handle
