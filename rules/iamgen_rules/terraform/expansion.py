"""`count` and `for_each`: which instances there are, and what a reference to some or all of them means.

Source: "The count Meta-Argument", "The for_each Meta-Argument" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, Protocol, TypeVar

from iamgen_rules.account.model import NONE
from iamgen_rules.policy.text import Partial, Unknown, missing_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Step
from iamgen_rules.terraform.syntax import Conditional, Constant, Expression, Extent, Template
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING, tuple_of
from iamgen_rules.terraform.values import Value, object_value, unknown

Key = None | int | str | Unknown | Partial


@dataclass(frozen=True, slots=True)
class Repetition:
    """What `each` and `count` mean in an instance; with `missing` it is not known whether there is one.

    `number`: of several whose key is unknown which one this is.
    """

    key: Key = None
    each: tuple[Value, Value] | None = None
    count_index: Value | None = None
    missing: frozenset[str] = NONE
    number: int = 1

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


def counted(count: Value, *, at_most_one: bool = False) -> Repetitions:
    """The instances for a `count`, a number. Raises EvaluationError for what Terraform refuses.

    Where the number is unknown, one instance stands for any of them: the first one, where there are no others.
    """
    if isinstance(count.data, Unknown):
        missing = missing_of(count.data)
        any_one = Repetition(count.data, count_index=Value(NUMBER, Unknown(count.data.name)), missing=missing)
        return Repetitions("count", (_indexed(0, missing) if at_most_one else any_one,), missing)
    if not isinstance(count.data, int) or count.data < 0:
        raise EvaluationError("count has to be a whole number that is not negative")
    return Repetitions("count", tuple(_indexed(index) for index in range(count.data)))


def is_at_most_one(count: Expression) -> bool:
    """Whether an expression is zero or one whatever its condition turns out to be: `condition ? 1 : 0`."""
    if isinstance(count, Conditional):
        return is_at_most_one(count.then) and is_at_most_one(count.otherwise)
    if isinstance(count, Template) and len(count.parts) == 1 and isinstance(count.parts[0], Conditional):
        return is_at_most_one(count.parts[0])
    return isinstance(count, Constant) and count.value in ("0", "1")


def _indexed(index: int, missing: frozenset[str] = NONE) -> Repetition:
    return Repetition(index, count_index=Value(NUMBER, index), missing=missing)


def for_each(collection: Value) -> Repetitions:
    """The instances for a `for_each`, a map or set of strings. Raises EvaluationError for what Terraform refuses."""
    if isinstance(collection.data, Unknown):
        missing = missing_of(collection.data)
        either = _unknown_each(collection, collection.data)
        return Repetitions("for_each", (Repetition(collection.data, either, missing=missing),), missing)
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


def _unknown_each(collection: Value, name: Unknown) -> tuple[Value, Value]:
    name = Unknown(name.name)
    key = Value(STRING, name)
    return key, key if collection.type.kind == "set" else Value(collection.type.element or DYNAMIC, name)


def _key(element: Value) -> Key:
    if isinstance(element.data, str | Unknown | Partial):
        return element.data
    raise EvaluationError("for_each has to be a map, or a set of strings")


def _missing(key: Key) -> frozenset[str]:
    return missing_of(key) if isinstance(key, Unknown | Partial) else NONE


class Member(Protocol):
    """An instance of a resource or module call."""

    def attribute(self, name: str, extent: Extent) -> Value:
        """One of its attributes or outputs. Raises EvaluationError where there is none of that name."""
        ...

    def whole(self) -> Value:
        """All of it as an object."""
        ...


M = TypeVar("M", bound=Member)


@dataclass(eq=False)
class Group(Generic[M]):
    """All instances of a resource or module call, made when they are asked for."""

    address: str
    expand: Callable[[], Repetitions]
    make: Callable[[Repetition], M]
    made: dict[str, M] = field(default_factory=dict)

    @cached_property
    def repetitions(self) -> Repetitions:
        """Which instances there are."""
        return self.expand()

    @property
    def members(self) -> list[M]:
        """The instances."""
        return [self._member(repetition) for repetition in self.repetitions.each]

    def _member(self, repetition: Repetition) -> M:
        key = repetition.suffix
        if key not in self.made:
            self.made[key] = self.make(repetition)
        return self.made[key]

    def resolve(self, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """What `address` and then `steps` mean, and how many of the steps are in it."""
        if self.repetitions.kind == "single":
            return self._of(self._member(self.repetitions.each[0]), steps, 0, extent)
        if not steps:
            return self._all(), 0
        if isinstance(steps[0], str):
            raise EvaluationError(
                f"{self.address} has {self.repetitions.kind}: say which instance", extent, lasting=True
            )
        key = steps[0].data if isinstance(steps[0], Value) else steps[0]
        if isinstance(key, Unknown | Partial):
            return unknown(DYNAMIC, *missing_of(key)), 1
        return self._of(self._member(self._chosen(key, extent)), steps, 1, extent)

    def _of(self, member: M, steps: Sequence[Step], used: int, extent: Extent) -> tuple[Value, int]:
        if len(steps) == used:
            return member.whole(), used
        name = steps[used]
        if isinstance(name, Value) and isinstance(name.data, str) and used:
            name = name.data
        if isinstance(name, str):
            return member.attribute(name, extent), used + 1
        if not used:
            raise EvaluationError(f"{self.address} has neither count nor for_each: it has no index", extent)
        return member.whole(), used

    def _chosen(self, key: object, extent: Extent) -> Repetition:
        wanted = _as_key(key, self.repetitions.kind)
        for repetition in self.repetitions.each:
            if repetition.key == wanted:
                return repetition
        if self.repetitions.uncertain and wanted is not None:
            return self._assumed(wanted)
        raise EvaluationError(f"{self.address} has no instance {key!r}", extent)

    def _assumed(self, key: int | str) -> Repetition:
        """An instance that there is if the reference to it is right."""
        missing = self.repetitions.uncertain
        if isinstance(key, int):
            return _indexed(key, missing)
        return Repetition(key, (Value(STRING, key), unknown(DYNAMIC, *missing)), missing=missing)

    def _all(self) -> Value:
        if self.repetitions.uncertain:
            return unknown(DYNAMIC, *self.repetitions.uncertain)
        values = [member.whole() for member in self.members]
        if self.repetitions.kind == "count":
            return Value(tuple_of(value.type for value in values), tuple(values))
        keys = [str(repetition.key) for repetition in self.repetitions.each]
        return object_value(dict(zip(keys, values, strict=True)))


def _as_key(key: object, kind: str) -> int | str | None:
    if isinstance(key, bool) or not isinstance(key, int | str):
        return None
    if kind == "for_each":
        return str(key)
    return int(key) if str(key).isdecimal() else None


def quoted(text: str) -> str:
    """A key as it stands in an address.

    Source: github.com/hashicorp/terraform, internal/addrs/instance_key.go.
    """
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    plain = "".join(escapes.get(character, character) for character in text)
    return '"' + plain.replace("${", "$${").replace("%{", "%%{") + '"'
