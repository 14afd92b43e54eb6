"""Rules of the grammar that make expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from iamgen_rules.terraform.native.cursor import Token
from iamgen_rules.terraform.native.traversal import Step, Traversal
from iamgen_rules.terraform.syntax import (
    Binary,
    BinaryOperator,
    Call,
    Conditional,
    Constant,
    Expression,
    Extent,
    ForObject,
    ForTuple,
    Name,
    ObjectOf,
    TupleOf,
    Unary,
)  # fmt: skip
from iamgen_rules.terraform.syntax_error import HclSyntaxError

_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}


def expression(child: Any) -> Expression:
    """What a rule made, as an expression."""
    return child.expression() if isinstance(child, Traversal) else cast(Expression, child)


def place(child: Any) -> Extent:
    """Where a token or an expression stands."""
    if isinstance(child, Token):
        return Extent(child.start, child.end)
    return child.base.extent if isinstance(child, Traversal) else child.extent


def around(children: Sequence[Any]) -> Extent:
    """From the beginning of the first to the end of the last."""
    last = children[-1]
    end = last.steps[-1].extent if isinstance(last, Traversal) else place(last)
    return Extent(place(children[0]).start, end.end)


def expressions(children: Sequence[Any]) -> tuple[Expression, ...]:
    """Those of the children that are no tokens."""
    return tuple(expression(child) for child in children if not isinstance(child, Token))


def only(children: Sequence[Any]) -> Any:
    """A rule around a single thing."""
    return children[0]


def _literal(children: Sequence[Any]) -> Constant:
    token = children[0]
    return Constant(_CONSTANTS.get(token.type, token.text), place(token))


def _term(children: Sequence[Any]) -> Any:
    if len(children) == 3:
        return expression(children[1])
    child = children[0]
    if not isinstance(child, Token):
        return child
    if "::" in child.text:
        raise HclSyntaxError(f"{child.text} is a function: its arguments are missing", place(child))
    return Name(child.text, place(child))


def _unary(children: Sequence[Any]) -> Expression:
    token, operand = children[0], expression(children[1])
    for operator, start in zip(reversed(token.text), reversed(token.places), strict=True):
        operand = Unary(operator, operand, Extent(start, operand.extent.end))
    return operand


def _binary(children: Sequence[Any]) -> Binary:
    operator, right = children[1]
    left = expression(children[0])
    return Binary(operator, left, right, Extent(left.extent.start, right.extent.end))


def _binary_term(children: Sequence[Any]) -> tuple[BinaryOperator, Expression]:
    return cast(BinaryOperator, children[0].text), expression(children[1])


def _conditional(children: Sequence[Any]) -> Conditional:
    condition, then, otherwise = expressions(children)
    return Conditional(condition, then, otherwise, Extent(condition.extent.start, otherwise.extent.end))


def _tuple(children: Sequence[Any]) -> TupleOf:
    return TupleOf(expressions(children), around(children))


def _object(children: Sequence[Any]) -> ObjectOf:
    items = [child for child in children if not isinstance(child, Token)]
    return ObjectOf(tuple((key, value) for key, value in items), around(children))


def _element(children: Sequence[Any]) -> list[Expression]:
    return [expression(children[0]), expression(children[2])]


def _arguments(children: Sequence[Any]) -> tuple[tuple[Expression, ...], bool]:
    return expressions(children), getattr(children[-1], "type", "") == "ELLIPSIS"


def _call(children: Sequence[Any]) -> Call:
    arguments, expand = children[2] if len(children) == 4 else ((), False)
    return Call(children[0].text.removeprefix("core::"), arguments, expand, around(children))


def _stepped(children: Sequence[Any]) -> Traversal:
    traversal = children[0] if isinstance(children[0], Traversal) else Traversal(children[0])
    traversal.steps += children[1] if isinstance(children[1], list) else [children[1]]
    return traversal


def _key(children: Sequence[Any]) -> Step:
    return Step("key", around(children), key=expression(children[1]))


def _legacy(children: Sequence[Any]) -> Step:
    number = children[1]
    return Step("legacy", around(children), key=Constant(number.text, place(number)))


def _name(children: Sequence[Any]) -> Step:
    return Step("name", around(children), name=children[1].text)


def _splat(children: Sequence[Any]) -> list[Step]:
    return [Step("splat", place(children[0])), *children[1:]]


def _full_splat(children: Sequence[Any]) -> list[Step]:
    return [Step("full splat", place(children[0])), *children[1:]]


def _for_tuple(children: Sequence[Any]) -> ForTuple:
    (key, value, collection), result = children[1], expression(children[2])
    condition = children[3][0] if len(children) == 5 else None
    return ForTuple(key, value, collection, result, condition, around(children))


def _for_object(children: Sequence[Any]) -> ForObject:
    (key, value, collection), result_key, result = children[1], expression(children[2]), expression(children[4])
    rest = children[5:-1]
    grouping = bool(rest) and getattr(rest[0], "type", "") == "ELLIPSIS"
    condition = rest[-1][0] if len(rest) > grouping else None
    return ForObject(key, value, collection, result_key, result, condition, grouping, around(children))


def for_intro(children: Sequence[Any]) -> tuple[str, str, Expression]:
    """`for key, value in collection`: the names, the first empty where there is only one, and the collection."""
    names = ["", *(child.text for child in children if getattr(child, "type", "") == "NAME")]
    collection = next(expression(child) for child in children if not isinstance(child, Token))
    return names[-2], names[-1], collection


def _for_condition(children: Sequence[Any]) -> list[Expression]:
    return [expression(children[1])]


EXPRESSION_RULES: dict[str, Callable[[Sequence[Any]], Any]] = {
    "identifier": only,
    "keyword": only,
    "literal_value": _literal,
    "int_lit": _literal,
    "float_lit": _literal,
    "expr_term": _term,
    "unary_op": _unary,
    "binary_op": _binary,
    "binary_term": _binary_term,
    "binary_operator": only,
    "conditional": _conditional,
    "tuple": _tuple,
    "object": _object,
    "object_elem": _element,
    "object_elem_key": only,
    "function_call": _call,
    "arguments": _arguments,
    "index_expr_term": _stepped,
    "get_attr_expr_term": _stepped,
    "attr_splat_expr_term": _stepped,
    "full_splat_expr_term": _stepped,
    "braces_index": _key,
    "short_index": _legacy,
    "get_attr": _name,
    "attr_splat": _splat,
    "full_splat": _full_splat,
    "for_tuple_expr": _for_tuple,
    "for_object_expr": _for_object,
    "for_intro": for_intro,
    "for_cond": _for_condition,
}
