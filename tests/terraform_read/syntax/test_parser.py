"""What our parser makes of a table is what lark makes of the grammar, rule for rule."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lark import Lark, Tree
from lark.exceptions import UnexpectedToken

from iamgen_rules.terraform import hcl
from iamgen_rules.terraform.index import index
from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.lexer import body_tokens
from iamgen_rules.terraform.native.parser import RULES, Parser, UnexpectedTokenError
from iamgen_rules.terraform.native.parser_table import Table, grammar
from iamgen_rules.terraform.syntax_error import HclSyntaxError
from needs import ROOT

_FILES_OF_OTHERS = 150
_END = Token("$END", "", 0, 0)


@cache
def _table() -> Table:
    return hcl.make_table(grammar())


@cache
def _lark() -> Lark:
    return Lark(grammar(), parser="lalr", lexer="basic")


def _rule_by_rule(tree: Any) -> Any:
    children = [_rule_by_rule(child) if isinstance(child, Tree) else child for child in tree.children]
    return RULES[tree.data](children)


def _by_lark(tokens: Sequence[Token], end: Token = _END) -> Any:
    state: Any = _lark().parse_interactive().parser_state
    for token in tokens:
        state.feed_token(token)
    return _rule_by_rule(state.feed_token(end, True))


def _files() -> list[Path]:
    own = [*(ROOT / "tests").rglob("*.tf"), *(ROOT / "modules").rglob("*.tf"), *(ROOT / "benchmarks").rglob("*.tf")]
    shared = Path(os.environ["IAMGEN_SHARED"], "corpus") if "IAMGEN_SHARED" in os.environ else None
    others = sorted(shared.rglob("*.tf")) if shared else []
    step = max(1, len(others) // _FILES_OF_OTHERS)
    return [*own, *others[::step]]


def test_the_same_tree() -> None:
    parser, bodies = Parser(_table()), 0
    for path in _files():
        text = path.read_text(encoding="utf-8", errors="replace")
        for block in index(text).blocks:
            try:
                tokens = body_tokens(text, block.body)
            except HclSyntaxError:
                continue
            bodies += 1
            assert parser.read([*tokens, _END]) == _by_lark(tokens), (path, block)
    assert bodies > 300


@pytest.mark.parametrize(
    "kinds",
    [
        "NAME EQ LSQB INT_LITERAL INT_LITERAL RSQB",
        "NAME EQ NAME LSQB ASTERISK RSQB",
        "NAME EQ NAME QMARK NAME",
        "NAME EQ NAME LPAR NAME COMMA COMMA NAME RPAR",
        "NAME EQ INT_LITERAL PLUS",
        "NAME NAME LBRACE RBRACE RBRACE",
        "NAME",
        "NO_SUCH_TOKEN",
    ],
)
def test_the_same_token_does_not_belong(kinds: str) -> None:
    tokens = [Token(kind, kind, at, at + 1) for at, kind in enumerate([*kinds.split(), "$END"])]
    with pytest.raises(UnexpectedTokenError) as ours:
        Parser(_table()).read(tokens)
    with pytest.raises(UnexpectedToken) as theirs:
        _by_lark(tokens[:-1], tokens[-1])
    assert ours.value.token is theirs.value.token


def test_every_rule_that_our_tokens_lead_to_has_a_handler() -> None:
    """The others are python-hcl2's own tokens: what its lexer makes of a heredoc or of an escape."""
    names = {rule.name for rule in _table().rules if rule.name and not rule.is_transparent}
    assert names - set(RULES) == {"heredoc_template", "heredoc_template_trim", "template_string"}
