"""`count` and `for_each`: which instances there are, one of which may stand for any number of them.

Source: "The count Meta-Argument", "The for_each Meta-Argument" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from iamgen_rules.account.model import NONE
from iamgen_rules.policy.text import Partial, Unknown, missing_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.syntax import Conditional, Constant, Expression, Template
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING
from iamgen_rules.terraform.values import Many, Value, any_in

Key = None | int | str | Unknown | Partial


@dataclass(frozen=True, slots=True)
class Repetition:
    """What `each` and `count` mean in an instance; with `missing` it is not known whether there is one.

    `number`: of several whose key is unknown which one this is. `condition`: the key of what decides whether there
    is one; those with the same key are there together, each with the one of the same key or index.
    """

    key: Key = None
    each: tuple[Value, Value] | None = None
    count_index: Value | None = None
    missing: frozenset[str] = NONE
    number: int = 1
    condition: str = ""

    @property
    def suffix(self) -> str:
        """What the instance's address ends with; `[?]`, `[?2]`, … where its key is unknown."""
        if self.key is None:
            return ""
        if isinstance(self.key, int):
            return f"[{self.key}]"
        if isinstance(self.key, str):
            return f"[{quoted(self.key)}]"
        return "[?]" if self.number == 1 else f"[?{self.number}]"


ONCE = Repetition()


@dataclass(frozen=True, slots=True)
class Repetitions:
    """The instances; `uncertain`: what would decide which ones there are, where that is unknown."""

    kind: Literal["single", "count", "for_each"] = "single"
    each: tuple[Repetition, ...] = (ONCE,)
    uncertain: frozenset[str] = NONE


def counted(count: Value, called: str, *, at_most_one: bool = False) -> Repetitions:
    """The instances for a `count`, a number. Raises EvaluationError for what Terraform refuses.

    Where the number is unknown, one instance stands for any of them: the first one, where there are no others. `called`
    is a key that other counts have only where they are the same.
    """
    if isinstance(count.data, Unknown):
        missing, called = missing_of(count.data), f"?count {count.data.identity or called}"
        if at_most_one:
            return Repetitions("count", (replace(indexed(0, missing), condition=called),), missing)
        index = Unknown(count.data.name, identity=called)
        any_one = Repetition(index, None, Value(NUMBER, index), missing, condition=called)
        return Repetitions("count", (any_one,), missing)
    if not isinstance(count.data, int) or count.data < 0:
        raise EvaluationError("count has to be a whole number that is not negative")
    return Repetitions("count", tuple(indexed(index) for index in range(count.data)))


def is_at_most_one(count: Expression) -> bool:
    """Whether an expression is zero or one whatever its condition turns out to be: `condition ? 1 : 0`."""
    if isinstance(count, Conditional):
        return is_at_most_one(count.then) and is_at_most_one(count.otherwise)
    if isinstance(count, Template) and len(count.parts) == 1 and isinstance(count.parts[0], Conditional):
        return is_at_most_one(count.parts[0])
    return isinstance(count, Constant) and count.value in ("0", "1")


def indexed(index: int, missing: frozenset[str] = NONE) -> Repetition:
    """The instance of a number."""
    return Repetition(index, count_index=Value(NUMBER, index), missing=missing)


def for_each(collection: Value, called: str) -> Repetitions:
    """The instances for a `for_each`, a map or set of strings. Raises EvaluationError for what Terraform refuses.

    `called` is a key that other collections have only where they are the same.
    """
    data = collection.data
    if isinstance(data, Unknown):
        missing, called = missing_of(data), data.identity or called
        either, condition = _each_of_many(collection) or (
            _unknown_each(collection, data.name, called),
            f"?each {called}",
        )
        return Repetitions("for_each", (Repetition(data, either, None, missing, condition=condition),), missing)
    if isinstance(collection.data, Mapping):
        pairs = [(key, (Value(STRING, key), value)) for key, value in collection.data.items()]
        return Repetitions("for_each", tuple(Repetition(key, each) for key, each in pairs))
    if collection.is_null:
        raise EvaluationError("for_each is null: it has to be a map, or a set of strings")
    if collection.type.kind != "set" or not isinstance(collection.data, tuple):
        raise EvaluationError("for_each has to be a map, or a set of strings")
    found = tuple(_numbered(collection.data))
    return Repetitions("for_each", found, frozenset().union(*(_missing(one.key) for one in found)))


def _numbered(elements: Iterable[Value]) -> Iterator[Repetition]:
    unknown_keys = 0
    for element in elements:
        key = _key(element)
        unknown_keys += not isinstance(key, str)
        yield Repetition(key, (element, element), number=max(1, unknown_keys))


def _each_of_many(collection: Value) -> tuple[tuple[Value, Value], str] | None:
    """Of all instances of a resource, or a set of what is made of each, the one that stands for all."""
    data = collection.data
    if isinstance(data, Many) and collection.type.kind == "set" and isinstance(data.element.data, Unknown | Partial):
        return (data.element, data.element), data.condition
    return ((data.key, data.element), data.condition) if isinstance(data, Many) and not data.is_list else None


def _unknown_each(collection: Value, name: str, called: str) -> tuple[Value, Value]:
    key = Value(STRING, any_in(name, called))
    if collection.type.kind == "set":
        return key, key
    return key, Value(collection.type.element or DYNAMIC, Unknown(name, identity=f"{called}[?each {called}]"))


def _key(element: Value) -> Key:
    if isinstance(element.data, str | Unknown | Partial):
        return element.data
    raise EvaluationError("for_each has to be a map, or a set of strings")


def _missing(key: Key) -> frozenset[str]:
    return missing_of(key) if isinstance(key, Unknown | Partial) else NONE


def quoted(text: str) -> str:
    """A key as it stands in an address.

    Source: github.com/hashicorp/terraform, internal/addrs/instance_key.go.
    """
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    plain = "".join(escapes.get(character, character) for character in text)
    return '"' + plain.replace("${", "$${").replace("%{", "%%{") + '"'
