"""`try` and `can`: what an expression gives, or that it fails.

Source: "try Function", "can Function" (Terraform documentation): while an expression depends on something unknown it
is not decided whether it fails.
"""

from __future__ import annotations

from collections.abc import Callable

from iamgen_rules.policy.text import Partial
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import (
    Attribute,
    Call,
    Constant,
    Each,
    Expression,
    Index,
    Name,
    ObjectOf,
    Template,
    TemplateFor,
    TemplateIf,
    TupleOf,
)  # fmt: skip
from iamgen_rules.terraform.types import BOOL, DYNAMIC
from iamgen_rules.terraform.values import Value, boolean, missing, unknown

Evaluate = Callable[[Expression, Scope], Value]


def attempt(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """`try(a, b, …)`: the first that does not fail."""
    if node.expand or not node.arguments:
        raise EvaluationError('function "try" expects one expression or more, and none of them spread', node.extent)
    messages: list[str] = []
    for argument in node.arguments:
        found = _attempted(argument, scope, evaluate)
        if not isinstance(found, EvaluationError):
            undecided = _undecided(argument, found, scope, evaluate)
            return unknown(DYNAMIC, *undecided) if undecided else found
        messages.append(found.message)
    raise EvaluationError(f"no expression succeeded: {'; '.join(messages)}", node.extent)


def can(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """`can(a)`: whether it does not fail."""
    if node.expand or len(node.arguments) != 1:
        raise EvaluationError('function "can" expects one expression', node.extent)
    found = _attempted(node.arguments[0], scope, evaluate)
    if isinstance(found, EvaluationError):
        return boolean(data=False)
    undecided = _undecided(node.arguments[0], found, scope, evaluate)
    return unknown(BOOL, *undecided) if undecided else boolean(data=True)


def _attempted(node: Expression, scope: Scope, evaluate: Evaluate) -> Value | EvaluationError:
    try:
        return evaluate(node, scope)
    except EvaluationError as error:
        if error.lasting:
            raise
        return error


def _undecided(node: Expression, value: Value, scope: Scope, evaluate: Evaluate) -> frozenset[str]:
    """The names of what decides whether an expression fails after all."""
    names = missing(value)
    return names if names and not _settled(node, scope, evaluate) else frozenset()


def _settled(node: Expression, scope: Scope, evaluate: Evaluate) -> bool:
    """Whether an expression cannot fail whatever the unknown in it turns out to be."""
    if isinstance(node, Constant):
        return True
    if isinstance(node, TupleOf):
        return all(_settled(element, scope, evaluate) for element in node.elements)
    if isinstance(node, ObjectOf):
        return all(_settled(value, scope, evaluate) and _is_plain(key) for key, value in node.items)
    if isinstance(node, Template):
        return all(_settled_part(part, scope, evaluate) for part in node.parts)
    return isinstance(node, Name | Each | Attribute | Index) and _is_there(node, scope, evaluate)


def _settled_part(part: object, scope: Scope, evaluate: Evaluate) -> bool:
    if isinstance(part, str):
        return True
    if isinstance(part, TemplateIf | TemplateFor) or not isinstance(part, Name | Attribute | Index):
        return False
    try:
        return isinstance(evaluate(part, scope).data, str | Partial | bool | int)
    except EvaluationError:
        return False


def _is_plain(key: Expression) -> bool:
    return isinstance(key, Template) and all(isinstance(part, str) for part in key.parts)


def _is_there(node: Expression, scope: Scope, evaluate: Evaluate) -> bool:
    """Whether a reference leads to something, be it unknown what."""
    while isinstance(node, Attribute | Index):
        inner = node.object if isinstance(node, Attribute) else node.collection
        if isinstance(node, Index) and not isinstance(node.key, Constant | Template):
            return False
        try:
            if evaluate(inner, scope).is_unknown:
                return False
        except EvaluationError:
            pass  # a resource is asked for by whole references; what counts is the whole one
        node = inner
    return isinstance(node, Name | Each)
