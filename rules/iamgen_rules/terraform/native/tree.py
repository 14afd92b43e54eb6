"""The tree that python-hcl2's grammar makes → nodes of `syntax`. Knows the grammar's rules, not the parser.

A rule's handler is given what became of its children: tokens stay tokens, expressions are nodes, and a Traversal
until something takes it as an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from iamgen_rules.terraform.native.body_tree import BODY_RULES
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
    results: list[Any] = []
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        node, is_done = waiting.pop()
        if isinstance(node, tuple):
            results.append(node)
        elif is_done:
            first = len(results) - len(node.children)
            results[first:] = [_RULES[node.data](results[first:])]
        else:
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node.children)]
    return results[0]
