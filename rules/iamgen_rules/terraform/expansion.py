"""What a reference to some or all instances of a resource or module call means.

Source: "The count Meta-Argument", "The for_each Meta-Argument" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.repetitions import Repetition, Repetitions, indexed
from iamgen_rules.terraform.scope import Step
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.types import DYNAMIC, STRING, tuple_of
from iamgen_rules.terraform.values import Many, Value, is_same, object_value, unknown


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
    """All instances of a resource or module call, made when they are asked for.

    `stand_for_all`: an unknown number of them is given on with the one that stands for any.
    """

    address: str
    expand: Callable[[], Repetitions]
    make: Callable[[Repetition], M]
    made: dict[str, M] = field(default_factory=dict)
    stand_for_all: bool = False

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
            return self._same(steps, extent)
        return self._of(self._member(self._chosen(key, extent)), steps, 1, extent)

    def _same(self, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """The instance of an unknown key, where that is the key of the one that stands for all; else any."""
        stands = self._any
        key, wanted = steps[0], None if stands is None else stands.each[0] if stands.each else stands.count_index
        if stands is not None and wanted is not None and isinstance(key, Value) and is_same(key, wanted):
            return self._of(self._member(stands), steps, 1, extent)
        return self._all(), 0

    @property
    def _any(self) -> Repetition | None:
        """The instance that stands for any number of them."""
        return next((one for one in self.repetitions.each if one.condition), None)

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
            return indexed(key, missing)
        return Repetition(key, (Value(STRING, key), unknown(DYNAMIC, *missing)), missing=missing)

    def _all(self) -> Value:
        if self.repetitions.uncertain:
            return self._unknown()
        values = [member.whole() for member in self.members]
        if self.repetitions.kind == "count":
            return Value(tuple_of(value.type for value in values), tuple(values))
        keys = [str(repetition.key) for repetition in self.repetitions.each]
        return object_value(dict(zip(keys, values, strict=True)))

    def _unknown(self) -> Value:
        names = unknown(DYNAMIC, *self.repetitions.uncertain)
        one = self._any
        key = None if one is None else one.each[0] if one.each else one.count_index
        if not self.stand_for_all or one is None or key is None or not isinstance(names.data, Unknown):
            return names
        return replace(names, data=Many(names.data.name, key, self._member(one).whole(), one.condition))


def _as_key(key: object, kind: str) -> int | str | None:
    if isinstance(key, bool) or not isinstance(key, int | str):
        return None
    if kind == "for_each":
        return str(key)
    return int(key) if str(key).isdecimal() else None
