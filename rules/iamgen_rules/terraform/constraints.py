"""Type constraints, with the defaults of `optional()`.

Source: "Type Constraints" (Terraform documentation); the package `typeexpr` of github.com/hashicorp/hcl.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Call, Constant, Expression, Name, ObjectOf, Template, TupleOf
from iamgen_rules.terraform.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)  # fmt: skip
from iamgen_rules.terraform.values import Value, object_value, tuple_value

_WORDS = {
    "string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC,
    "list": list_of(DYNAMIC), "map": map_of(DYNAMIC), "set": set_of(DYNAMIC),
}  # fmt: skip
_COLLECTIONS = {"list": list_of, "set": set_of, "map": map_of}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A type, and what stands for attributes that are not given: by name, and of what is inside."""

    type: Type
    defaults: Mapping[str, Value] = field(default_factory=dict)
    inner: Mapping[str, Constraint] = field(default_factory=dict)

    @property
    def has_defaults(self) -> bool:
        """Whether anything is filled in."""
        return bool(self.defaults) or any(part.has_defaults for part in self.inner.values())

    def apply(self, value: Value) -> Value:
        """The value with defaults, as one of the type. Raises EvaluationError where it cannot be."""
        return convert(self.filled(value) if self.has_defaults else value, self.type)

    def filled(self, value: Value) -> Value:
        """The value with defaults, not converted yet."""
        if isinstance(value.data, tuple):
            parts = [self._inside(str(place), part) for place, part in enumerate(value.data)]
            return replace(tuple_value(parts), sensitive=value.sensitive)
        if not isinstance(value.data, Mapping) or value.type.open:
            return value
        given = {**value.data, **{name: one for name, one in self.defaults.items() if self._lacks(value.data, name)}}
        filled = object_value({name: self._inside(name, part) for name, part in given.items()})
        return replace(filled, sensitive=value.sensitive)

    @staticmethod
    def _lacks(data: Mapping[str, Value], name: str) -> bool:
        return name not in data or data[name].is_null

    def _inside(self, name: str, part: Value) -> Value:
        constraint = self.inner.get(name) or self.inner.get("")
        return constraint.filled(part) if constraint is not None and constraint.has_defaults else part


ANY = Constraint(DYNAMIC)


def constraint(written: Expression, scope: Scope) -> Constraint:
    """The constraint that an expression says. Raises EvaluationError for what is none; `scope` is for defaults."""
    if isinstance(written, Call):
        return _of_call(written, scope)
    word = written.name if isinstance(written, Name) else _quoted(written)
    if word in _WORDS:
        return Constraint(_WORDS[word])
    raise EvaluationError("this is not a type", written.extent)


def _quoted(written: Expression) -> str:
    """Types were written in quotes once."""
    only = written.parts[0] if isinstance(written, Template) and len(written.parts) == 1 else ""
    return only if isinstance(only, str) and only in ("string", "list", "map") else ""


def _of_call(written: Call, scope: Scope) -> Constraint:
    if len(written.arguments) != 1 or written.function not in _MAKERS:
        raise EvaluationError("this is not a type", written.extent)
    return _MAKERS[written.function](written, scope)


def _collection(written: Call, scope: Scope) -> Constraint:
    element = constraint(written.arguments[0], scope)
    return Constraint(_COLLECTIONS[written.function](element.type), inner={"": element})


def _tuple(written: Call, scope: Scope) -> Constraint:
    elements = written.arguments[0]
    if not isinstance(elements, TupleOf):
        raise EvaluationError("tuple needs a list of types", elements.extent)
    inner = [constraint(element, scope) for element in elements.elements]
    return Constraint(tuple_of(one.type for one in inner), inner={str(place): one for place, one in enumerate(inner)})


def _object(written: Call, scope: Scope) -> Constraint:
    attributes = written.arguments[0]
    if not isinstance(attributes, ObjectOf):
        raise EvaluationError("object needs attributes with their types", attributes.extent)
    inner: dict[str, Constraint] = {}
    optional: set[str] = set()
    defaults: dict[str, Value] = {}
    for key, value in attributes.items:
        name, kind = _name(key), value
        if isinstance(value, Call) and value.function == "optional" and 0 < len(value.arguments) <= 2:
            kind = value.arguments[0]
            optional.add(name)
        inner[name] = constraint(kind, scope)
        if kind is not value and isinstance(value, Call) and len(value.arguments) == 2:
            defaults[name] = inner[name].apply(evaluate(value.arguments[1], scope))
    kinds = {name: one.type for name, one in inner.items()}
    return Constraint(object_of(kinds, optional), defaults, inner)


def _name(key: Expression) -> str:
    if isinstance(key, Template) and all(isinstance(part, str) for part in key.parts):
        return "".join(part for part in key.parts if isinstance(part, str))
    if isinstance(key, Name):
        return key.name
    if isinstance(key, Constant) and isinstance(key.value, str):
        return key.value
    raise EvaluationError("an attribute's name has to be plain text", key.extent)


_MAKERS: Mapping[str, Callable[[Call, Scope], Constraint]] = {
    "list": _collection,
    "set": _collection,
    "map": _collection,
    "tuple": _tuple,
    "object": _object,
}
