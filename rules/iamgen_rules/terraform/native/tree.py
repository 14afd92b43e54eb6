"""The tree that python-hcl2's grammar makes → nodes of `syntax`. Knows the grammar's rules, not the parser.

A rule's handler is given what became of its children: tokens stay tokens, expressions are nodes, and a Traversal
until something takes it as an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from iamgen_rules.terraform.native.body_tree import BODY_RULES
from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.expression_tree import EXPRESSION_RULES
from iamgen_rules.terraform.native.template_rules import TEMPLATE_RULES

Handler = Callable[[Sequence[Any]], Any]

_RULES: dict[str, Handler] = {**BODY_RULES, **EXPRESSION_RULES, **TEMPLATE_RULES}


class Node(Protocol):
    """A node of the parser's tree: its rule, and nodes or tokens."""

    data: str
    children: list[Any]


def to_syntax(tree: Node) -> Any:
    """What the tree's root became. Raises HclSyntaxError.

    No recursion: trees are as deep as texts are nested.
    """
    opened: list[tuple[str, Iterator[Any], list[Any]]] = [(tree.data, iter(tree.children), [])]
    while True:
        rule, children, made = opened[-1]
        inner = _next_node(children, made)
        if inner is not None:
            opened.append((inner.data, iter(inner.children), []))
            continue
        result = _RULES[rule](made)
        opened.pop()
        if not opened:
            return result
        opened[-1][2].append(result)


def _next_node(children: Iterator[Any], made: list[Any]) -> Node | None:
    """The next child that has children of its own; the tokens before it are made what they are."""
    for child in children:
        if type(child) is Token:
            made.append(child)
        elif len(child.children) == 1 and type(child.children[0]) is Token:
            made.append(_RULES[child.data](child.children))
        else:
            node: Node = child
            return node
    return None
