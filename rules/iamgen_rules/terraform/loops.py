"""`for` expressions and splats.

Source: "for Expressions", "Splat Expressions" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from iamgen_rules.policy.text import Unknown
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.names import Local, with_element
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Expression, Extent, ForObject, ForTuple, Splat
from iamgen_rules.terraform.types import BOOL, DYNAMIC, STRING, Type, list_of, name_of, tuple_of
from iamgen_rules.terraform.unify import unify
from iamgen_rules.terraform.values import (
    Many,
    Value,
    list_value,
    many,
    marked,
    missing,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)  # fmt: skip

Evaluate = Callable[[Expression, Scope], Value]
Items = Sequence[tuple[Value, Value]]

_SEQUENCES = {"list", "set", "tuple"}


def items_of(collection: Value, extent: Extent) -> Items | None:
    """Keys and values to iterate over, None where they are not known. Raises EvaluationError for what has none."""
    if collection.data is None:
        raise EvaluationError("a null value cannot be used as the collection in a 'for' expression", extent)
    if collection.type.kind in {"string", "number", "bool"}:
        kind = name_of(collection.type)
        raise EvaluationError(f"a value of type {kind} cannot be used as the collection in a 'for' expression", extent)
    if collection.type.open:
        return None
    if isinstance(collection.data, Mapping):
        return [(string(key), value) for key, value in collection.data.items()]
    if not isinstance(collection.data, tuple):
        return None
    if collection.type.kind == "set":
        # How many elements a set has is open while some of them may turn out to be equal.
        return None if missing(collection) else [(value, value) for value in collection.data]
    return [(number(place), value) for place, value in enumerate(collection.data)]


def within(node: ForTuple | ForObject, scope: Scope, key: Value, value: Value) -> Scope:
    """The scope of one round."""
    return Local(scope, {node.key: key, node.value: value} if node.key else {node.value: value})


def for_tuple(node: ForTuple, scope: Scope, evaluate: Evaluate) -> Value:
    """`[for v in collection : result if condition]`; unknown where its length is."""
    loop = _Loop(node, scope, evaluate)
    made = [evaluate(node.result, inner) for inner in loop]
    found, one = loop.finished(tuple_value(made)), loop.one_for_all()
    return found if one is None else many(found, evaluate(node.result, one[0]), one[1])


def for_object(node: ForObject, scope: Scope, evaluate: Evaluate) -> Value:
    """`{for v in collection : key => result if condition}`; unknown where its keys are."""
    loop = _Loop(node, scope, evaluate)
    found: dict[str, list[Value]] = {}
    for inner in loop:
        key = _key(node, evaluate(node.result_key, inner))
        loop.note(key)
        value = evaluate(node.result, inner)
        if not isinstance(key.data, str):
            continue
        if key.data in found and not node.grouping:
            raise EvaluationError(
                f"two different items produced the key \"{key.data}\" in this 'for' expression; if duplicates are"
                " expected, use the ellipsis (...) after the value expression to enable grouping by key",
                node.result_key.extent,
            )
        found.setdefault(key.data, []).append(value)
    made = {key: tuple_value(values) if node.grouping else values[0] for key, values in found.items()}
    return loop.finished(object_value(made))


class _Loop:
    """Goes through the elements of a collection that the condition lets through, and notes what is unknown."""

    def __init__(self, node: ForTuple | ForObject, scope: Scope, evaluate: Evaluate) -> None:
        self._node, self._scope, self._evaluate = node, scope, evaluate
        self._unknown: set[str] = set()
        self._collection = evaluate(node.collection, scope)
        self._sensitive = self._collection.sensitive

    def __iter__(self) -> Iterator[Scope]:
        items = items_of(self._collection, self._node.collection.extent)
        if items is None:
            self._unknown |= missing(self._collection)
        if not items and self._collection.type.kind != "dynamic":
            self._check_condition()
        for key, value in items or ():
            self._scope.context.meter.spend()
            inner = within(self._node, self._scope, key, value)
            if self._included(inner):
                yield inner

    def _check_condition(self) -> None:
        """The condition has to be one also where there is no element to try it with."""
        anything = unknown(DYNAMIC, self._node.value)
        before = set(self._unknown)
        self._included(within(self._node, self._scope, anything, anything))
        self._unknown = before

    def _included(self, scope: Scope) -> bool:
        condition = self._node.condition
        if condition is None:
            return True
        try:
            found = convert(self._evaluate(condition, scope), BOOL)
        except EvaluationError as error:
            if error.extent:
                raise
            raise EvaluationError(f"the 'if' clause value is invalid: {error.message}", condition.extent) from None
        if found.data is None:
            raise EvaluationError("the value of the 'if' clause must not be null", condition.extent)
        self.note(found)
        return found.data is True

    def one_for_all(self) -> tuple[Scope, Many] | None:
        """The round of the element that stands for all, where all are let through."""
        data = self._collection.data
        if not isinstance(data, Many) or self._node.condition is not None:
            return None
        return within(self._node, self._scope, data.key, data.element), data

    def note(self, value: Value) -> None:
        """Keep in mind what decides about the elements: while it is unknown, so is the whole."""
        self._sensitive = self._sensitive or value.sensitive
        self._unknown |= missing(value)

    def finished(self, made: Value) -> Value:
        """What was made; or unknown, by all that is missing for it."""
        found = unknown(DYNAMIC, *self._unknown) if self._unknown else made
        return replace(found, sensitive=True) if self._sensitive else found


def _key(node: ForObject, value: Value) -> Value:
    if value.data is None:
        raise EvaluationError(
            "key expression in 'for' expression must not produce a null value", node.result_key.extent
        )
    try:
        return value if value.is_unknown else convert(value, STRING)
    except EvaluationError as error:
        raise EvaluationError(
            f"the key expression produced an invalid result: {error.message}", node.result_key.extent
        ) from None


def splat(node: Splat, scope: Scope, evaluate: Evaluate) -> Value:
    """`source[*].a`: of each element; a value that is no list is a list of itself, and null is an empty one."""
    source = evaluate(node.source, scope)
    if source.type.kind not in _SEQUENCES:
        return _of_single(source, node, scope, evaluate)
    if source.data is None:
        raise EvaluationError("splat expressions cannot be applied to null sequences", node.source.extent)
    if not isinstance(source.data, tuple) or (source.type.kind == "set" and missing(source)):
        return marked(unknown(_type_of_splat(source.type, node, scope, evaluate), *missing(source)), source)
    scope.context.meter.spend(len(source.data))
    made = [evaluate(node.each, with_element(scope, element)) for element in source.data]
    if source.type.kind == "tuple":
        return marked(tuple_value(made), source)
    return marked(_as_list(made, _type_of_splat(source.type, node, scope, evaluate)), source)


def _of_single(source: Value, node: Splat, scope: Scope, evaluate: Evaluate) -> Value:
    if source.data is None:
        return marked(tuple_value(()), source)
    if isinstance(source.data, Many) and source.data.is_list:
        each = evaluate(node.each, with_element(scope, source.data.element))
        return marked(many(source, each, source.data, source.data.key), source)
    if source.is_unknown:
        # It may turn out to be null.
        found = evaluate(node.each, with_element(scope, source))
        return marked(unknown(DYNAMIC, *(missing(found) or missing(source))), source)
    return tuple_value([evaluate(node.each, with_element(scope, source))])


def _type_of_splat(source: Type, node: Splat, scope: Scope, evaluate: Evaluate) -> Type:
    """The type of a splat's result by that of its source."""
    if source.kind == "tuple":
        return tuple_of(_type_of_each(part, node, scope, evaluate) for part in source.elements)
    return list_of(_type_of_each(source.element or DYNAMIC, node, scope, evaluate))


def _type_of_each(element: Type, node: Splat, scope: Scope, evaluate: Evaluate) -> Type:
    return evaluate(node.each, with_element(scope, Value(element, Unknown("")))).type


def _as_list(made: Sequence[Value], type_: Type) -> Value:
    types = [value.type for value in made]
    if not made:
        return Value(type_, ())
    common = unify(types) if len(set(types)) > 1 else types[0]
    if common is None or common.kind == "dynamic":
        return tuple_value(made)
    return list_value(common, [convert(value, common) for value in made])
