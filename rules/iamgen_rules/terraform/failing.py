"""The type that an expression would have if it did not fail.

Terraform goes on after an error: an arm of a condition that is not chosen may fail, and what is known of its type
still decides the type of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from iamgen_rules.policy.text import Unknown
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.loops import Items, items_of, within
from iamgen_rules.terraform.names import with_element
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import (
    Attribute,
    Binary,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    Index,
    ObjectOf,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TupleOf,
    Unary,
)  # fmt: skip
from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, STRING, Type, list_of, object_of, tuple_of
from iamgen_rules.terraform.values import Value, missing, number, string, unknown

Evaluate = Callable[[Expression, Scope], Value]
Common = Callable[[Conditional, Scope], Type]
TypeOf = Callable[[Expression, Scope], Type]

_NUMERIC = {"+", "-", "*", "/", "%"}


def type_of_failing(node: Expression, scope: Scope, evaluate: Evaluate, common: Common) -> Type:
    """The type of an expression that fails, as far as it is certain; `common` tells the type of a condition."""

    def type_of(part: Expression, inner: Scope) -> Type:
        try:
            return evaluate(part, inner).type
        except EvaluationError:
            return type_of_failing(part, inner, evaluate, common)

    if isinstance(node, Binary | Unary):
        return NUMBER if node.operator in _NUMERIC else BOOL
    if isinstance(node, Conditional):
        return common(node, scope)
    if isinstance(node, Template):
        return _of_template(node, scope, type_of)
    if isinstance(node, TupleOf):
        return tuple_of(type_of(element, scope) for element in node.elements)
    form = _FORMS.get(type(node))
    try:
        return form(node, scope, evaluate, type_of) if form else DYNAMIC
    except EvaluationError:
        return DYNAMIC


def _of_template(node: Template, scope: Scope, type_of: TypeOf) -> Type:
    only = node.parts[0] if len(node.parts) == 1 else ""
    return STRING if isinstance(only, str | TemplateIf | TemplateFor) else type_of(only, scope)


def _of_object(node: ObjectOf, scope: Scope, evaluate: Evaluate, type_of: TypeOf) -> Type:
    found: dict[str, Type] = {}
    for key, value in node.items:
        name = _name(key, scope, evaluate)
        if name is None:
            return DYNAMIC
        found[name] = type_of(value, scope)
    return object_of(found)


def _name(key: Expression, scope: Scope, evaluate: Evaluate) -> str | None:
    """The name of an attribute, None where it is not known; of a template that fails, the text before it does."""
    if not isinstance(key, Template):
        name = convert(evaluate(key, scope), STRING).data
        return name if isinstance(name, str) else None
    text = ""
    for part in key.parts:
        if not isinstance(part, str | TemplateIf | TemplateFor) and missing(evaluate(part, scope)):
            return None
        try:
            found = evaluate(Template(("", part), key.extent), scope).data
        except EvaluationError:
            return None if isinstance(part, TemplateIf) else text
        if not isinstance(found, str):
            return None
        text += found
    return text


def _of_part(node: Attribute | Index, scope: Scope, evaluate: Evaluate, type_of: TypeOf) -> Type:
    inside = type_of(node.object if isinstance(node, Attribute) else node.collection, scope)
    key = node.name if isinstance(node, Attribute) else evaluate(node.key, scope).data
    if isinstance(key, str) and inside.kind == "object":
        return dict(inside.attributes).get(key, DYNAMIC)
    if isinstance(key, int) and inside.kind == "tuple" and 0 <= key < len(inside.elements):
        return inside.elements[key]
    return inside.element or DYNAMIC if inside.kind in {"list", "map"} else DYNAMIC


def _of_splat(node: Splat, scope: Scope, evaluate: Evaluate, type_of: TypeOf) -> Type:
    source = evaluate(node.source, scope)
    if source.data is None or source.type.kind == "dynamic":
        return DYNAMIC

    def of_each(element: Type) -> Type:
        return type_of(node.each, with_element(scope, Value(element, Unknown(""))))

    if source.type.kind in {"list", "set"} and source.type.element:
        return list_of(of_each(source.type.element))
    if source.type.kind == "tuple":
        return tuple_of(of_each(element) for element in source.type.elements)
    return tuple_of([of_each(source.type)])


def _items(node: Expression, scope: Scope, evaluate: Evaluate, type_of: TypeOf) -> Items | None:
    try:
        return items_of(evaluate(node, scope), node.extent)
    except EvaluationError:
        made = type_of(node, scope)
    named = [(string(name), Value(part, Unknown(name))) for name, part in made.attributes]
    listed = [(number(place), Value(part, Unknown(str(place)))) for place, part in enumerate(made.elements)]
    return named or listed or None


def _of_for(node: ForTuple | ForObject, scope: Scope, evaluate: Evaluate, type_of: TypeOf) -> Type:
    items = _items(node.collection, scope, evaluate, type_of)
    anything = unknown(DYNAMIC, node.value)
    if node.condition and evaluate(node.condition, within(node, scope, anything, anything)).data is None:
        return DYNAMIC
    parts: list[Type] = []
    named: dict[str, Type] = {}
    for key, value in items or ():
        inner = within(node, scope, key, value)
        included = convert(evaluate(node.condition, inner), BOOL).data if node.condition else True
        if not isinstance(included, bool):
            return DYNAMIC
        if included and isinstance(node, ForTuple):
            parts.append(type_of(node.result, inner))
        elif included and isinstance(node, ForObject):
            name = _name(node.result_key, inner, evaluate)
            if name is None:
                return DYNAMIC
            one = type_of(node.result, inner)
            before = named.setdefault(name, tuple_of(()) if node.grouping else one)
            named[name] = tuple_of((*before.elements, one)) if node.grouping else before
    if items is None:
        return DYNAMIC
    return tuple_of(parts) if isinstance(node, ForTuple) else object_of(named)


_FORMS: Mapping[type, Callable[[Any, Scope, Evaluate, TypeOf], Type]] = {
    ObjectOf: _of_object,
    Splat: _of_splat,
    ForTuple: _of_for,
    ForObject: _of_for,
    Attribute: _of_part,
    Index: _of_part,
}
