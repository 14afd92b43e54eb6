"""One instance of a resource or data source: what is written, what the provider adds, and what only the apply knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.terraform import other_providers
from iamgen_rules.terraform.aws.computed import computed
from iamgen_rules.terraform.aws.schema import Mode
from iamgen_rules.terraform.configured import Body
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.plain import plain
from iamgen_rules.terraform.repetitions import Repetition
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, not_given, object_value, of_instance

_NOWHERE = Extent(0, 0)


@dataclass(eq=False)
class ResourceInstance:
    """An instance by its address; everything is evaluated when it is asked for."""

    mode: Mode
    kind: str
    body: Body
    repetition: Repetition
    is_broken: bool = False
    known: dict[str, Value] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        """`module.iam.aws_iam_user.this["alice"]`."""
        return self.body.address

    def attribute(self, name: str, extent: Extent) -> Value:
        """An argument, block or computed attribute. Raises EvaluationError where there is none of that name."""
        if name in self.known:
            return self.known[name]
        if name in self.asked:
            raise EvaluationError(f"{self.address}.{name} depends on itself", extent, lasting=True)
        self.asked.add(name)
        try:
            self.known[name] = of_instance(self._attribute(name, extent), self.body.stands_for, name)
        finally:
            self.asked.discard(name)
        return self.known[name]

    def _attribute(self, name: str, extent: Extent) -> Value:
        schema = self.body.schema
        if name in self.body.block_types:
            return self.body.blocks_value(name)
        if schema is not None and name not in schema.attributes:
            raise EvaluationError(f'{self.kind} has no attribute "{name}"', extent, lasting=True)
        if not (value := self.body.argument(name)).is_null:
            return value
        if self.is_broken:
            return self._unknown(name)
        return self._without_schema(name) if schema is None else self._computed(name, value)

    def _computed(self, name: str, null: Value) -> Value:
        """What the provider makes of an attribute that is not set."""
        place, kind = self.body.place(), self.body.type_of(name)
        schema = self.body.schema
        is_computed = schema is not None and schema.attributes[name].is_computed

        def make() -> Value:
            known = computed(self.mode, self.kind, self.body, name)
            return known if known is not None else self._unknown(name) if is_computed else null

        return self.body.problems.guarded(make, place, kind)

    def _without_schema(self, name: str) -> Value:
        """terraform_data gives out what it takes in; some data sources make texts; of others nobody knows."""
        if self.kind == "terraform_data" and name == "output":
            return self.body.argument("input")
        if (make := other_providers.computed(self.mode, self.kind, name)) is not None:
            return self.body.problems.guarded(lambda: make(self.body), self.body.place(), STRING)
        return self._unknown(name)

    def _unknown(self, name: str) -> Value:
        return not_given(self.body.type_of(name), f"{self.address}.{name}")

    def whole(self) -> Value:
        """All that is known of it, as an object; without a schema there may be more."""
        known = {name: self.attribute(name, _NOWHERE) for name in self._names()}
        return object_value(known, "" if self.body.schema is not None else self.address)

    def _names(self) -> list[str]:
        schema = self.body.schema
        return [*(schema.attributes if schema is not None else self.body.names), *self.body.block_types]

    def resource(self, missing: frozenset[str], conditions: frozenset[str]) -> Resource:
        """The instance as data; `missing`: what would decide whether the module is there that it is in, by keys."""
        blocks = set(self.body.block_types)
        names = [name for name in self._names() if name not in blocks]
        names.sort(key=lambda name: name not in self.body.names)  # what is written, then what is worked out of it
        known = {name: self.attribute(name, _NOWHERE) for name in names}
        values: dict[str, Plain] = {name: plain(value) for name, value in known.items() if not value.is_null}
        values |= _blocks(self.body)
        return Resource(
            self.address,
            self.kind,
            values,
            self.body.place(),
            self.body.written(),
            is_data=self.mode == "data",
            provider=self.body.provider,
            missing=missing | self.repetition.missing,
            conditions=conditions | ({self.repetition.condition} - {""}),
        )


def _blocks(body: Body) -> dict[str, Plain]:
    found = ((kind, [_block(block) for block in body.blocks(kind)]) for kind in body.block_types)
    return {kind: blocks for kind, blocks in found if blocks}


def _block(block: Body | Value) -> Plain:
    if isinstance(block, Value):
        return plain(block)
    arguments = {name: block.argument(name) for name in block.names}
    return {name: plain(value) for name, value in arguments.items() if not value.is_null} | _blocks(block)
