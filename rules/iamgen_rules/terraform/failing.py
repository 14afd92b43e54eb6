"""The type that an expression would have if it did not fail.

Terraform goes on after an error: an arm of a condition that is not chosen may fail, and what is known of its type
still decides the type of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from iamgen_rules.policy.text import Unknown
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError, TemplateValueError
from iamgen_rules.terraform.loops import Items, items_of, within
from iamgen_rules.terraform.names import with_element
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import (
    Attribute,
    Binary,
    Constant,
    Each,
    Expression,
    ForObject,
    ForTuple,
    Index,
    ObjectOf,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    TupleOf,
    Unary,
)  # fmt: skip
from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, STRING, Type, list_of, object_of, tuple_of
from iamgen_rules.terraform.values import Value, number, string

Evaluate = Callable[[Expression, Scope], Value]

_NUMERIC = {"+", "-", "*", "/", "%"}


def type_of_failing(node: Expression, error: EvaluationError, scope: Scope, evaluate: Evaluate) -> Type:
    """The type of an expression that fails with this error, as far as it is certain.

    What failed by the error is not evaluated again: how often would be a power of how deep it lies.
    """
    known = error.through.get(id(node))
    if known is not None:
        return known
    if isinstance(node, Binary | Unary):
        return NUMBER if node.operator in _NUMERIC else BOOL
    form = _FORMS.get(type(node))
    try:
        return form(node, _Failing(error, scope, evaluate)) if form else DYNAMIC
    except EvaluationError:
        return DYNAMIC


@dataclass(frozen=True, slots=True)
class _Failing:
    """What surrounds an expression that fails."""

    error: EvaluationError
    scope: Scope
    evaluate: Evaluate

    def value(self, part: Expression) -> Value:
        """The value of a part that has not failed yet."""
        if id(part) in self.error.through:
            raise self.error
        return self.evaluate(part, self.scope)

    def type(self, part: Expression) -> Type:
        """The type of a part, whether it fails or not."""
        try:
            return self.value(part).type
        except EvaluationError as error:
            return type_of_failing(part, error, self.scope, self.evaluate)

    def inside(self, scope: Scope) -> _Failing:
        """The same with more names."""
        return replace(self, scope=scope)


def _of_template(node: Template, failing: _Failing) -> Type:
    only = node.parts[0] if len(node.parts) == 1 else ""
    return STRING if isinstance(only, str | TemplateIf | TemplateFor) else failing.type(only)


def _of_tuple(node: TupleOf, failing: _Failing) -> Type:
    return tuple_of(failing.type(element) for element in node.elements)


def _of_object(node: ObjectOf, failing: _Failing) -> Type:
    found: dict[str, Type] = {}
    for key, value in node.items:
        name = _name(key, failing)
        if name is None:
            return DYNAMIC
        found[name] = failing.type(value)
    return object_of(found)


def _name(key: Expression, failing: _Failing) -> str | None:
    """The name of an attribute, None where it is not known.

    Of a template in which a value has no place it is the text before that.
    """
    try:
        name = convert(failing.value(key), STRING).data
    except TemplateValueError as error:
        if not isinstance(key, Template) or error.extent is None:
            return None
        return _text_before(key, error.extent.start, failing)
    return name if isinstance(name, str) else None


def _text_before(node: Template, place: int, failing: _Failing) -> str | None:
    before: list[TemplatePart] = [""]
    for part in node.parts:
        if not isinstance(part, str) and part.extent.end > place:
            text = failing.evaluate(Template(tuple(before), node.extent), failing.scope).data
            return None if isinstance(part, TemplateIf) or not isinstance(text, str) else text
        before.append(part)
    return None


def _of_part(node: Attribute | Index, failing: _Failing) -> Type:
    inside = failing.type(node.object if isinstance(node, Attribute) else node.collection)
    key = node.name if isinstance(node, Attribute) else failing.value(node.key).data
    if isinstance(key, str) and inside.kind == "object":
        return dict(inside.attributes).get(key, DYNAMIC)
    if isinstance(key, int) and inside.kind == "tuple" and 0 <= key < len(inside.elements):
        return inside.elements[key]
    return inside.element or DYNAMIC if inside.kind in {"list", "map"} else DYNAMIC


def _of_splat(node: Splat, failing: _Failing) -> Type:
    source = failing.value(node.source)
    if source.data is None or source.type.kind == "dynamic":
        return DYNAMIC

    def of_each(element: Type) -> Type:
        if not _is_plain(node.each):
            return DYNAMIC
        try:
            return failing.evaluate(node.each, with_element(failing.scope, Value(element, Unknown("")))).type
        except EvaluationError:
            return DYNAMIC

    if source.type.kind in {"list", "set"} and source.type.element:
        return list_of(of_each(source.type.element))
    if source.type.kind == "tuple":
        return tuple_of(of_each(element) for element in source.type.elements)
    return tuple_of([of_each(source.type)])


def _is_plain(node: Expression) -> bool:
    """Whether a chain has no steps that cost more to evaluate again than they are long."""
    while isinstance(node, Attribute | Index):
        if isinstance(node, Index) and not isinstance(node.key, Constant | Template):
            return False
        node = node.object if isinstance(node, Attribute) else node.collection
    return isinstance(node, Each)


def _items(node: Expression, failing: _Failing) -> Items | None:
    try:
        return items_of(failing.value(node), node.extent)
    except EvaluationError:
        made = failing.type(node)
    named = [(string(name), Value(part, Unknown(name))) for name, part in made.attributes]
    listed = [(number(place), Value(part, Unknown(str(place)))) for place, part in enumerate(made.elements)]
    return named or listed or None


def _rounds(node: ForTuple | ForObject, failing: _Failing) -> Iterator[_Failing] | None:
    """The rounds of a loop, None where it is not known which there are."""
    items = _items(node.collection, failing)
    if items is None:
        return None
    rounds = [failing.inside(within(node, failing.scope, key, value)) for key, value in items]
    if node.condition is None:
        return iter(rounds)
    if not rounds:
        raise failing.error
    included = [convert(inner.value(node.condition), BOOL).data for inner in rounds]
    if not all(isinstance(one, bool) for one in included):
        return None
    return (inner for inner, one in zip(rounds, included, strict=True) if one)


def _of_for_tuple(node: ForTuple, failing: _Failing) -> Type:
    rounds = _rounds(node, failing)
    return DYNAMIC if rounds is None else tuple_of(inner.type(node.result) for inner in rounds)


def _of_for_object(node: ForObject, failing: _Failing) -> Type:
    rounds = _rounds(node, failing)
    named: dict[str, Type] = {}
    for inner in rounds or ():
        name = _name(node.result_key, inner)
        if name is None:
            return DYNAMIC
        one = inner.type(node.result)
        before = named.setdefault(name, tuple_of(()) if node.grouping else one)
        named[name] = tuple_of((*before.elements, one)) if node.grouping else before
    return DYNAMIC if rounds is None else object_of(named)


_FORMS: Mapping[type, Callable[[Any, _Failing], Type]] = {
    Template: _of_template,
    TupleOf: _of_tuple,
    ObjectOf: _of_object,
    Splat: _of_splat,
    ForTuple: _of_for_tuple,
    ForObject: _of_for_object,
    Attribute: _of_part,
    Index: _of_part,
}
