"""A body as it is written and evaluated: a resource instance's, and its blocks'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iamgen_rules.source import Place
from iamgen_rules.terraform.aws.schema import Schema
from iamgen_rules.terraform.dynamic import Written, written_out
from iamgen_rules.terraform.edge import Problems
from iamgen_rules.terraform.merged import Merged
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.sets import set_value
from iamgen_rules.terraform.types import DYNAMIC, Type, tuple_of
from iamgen_rules.terraform.values import Value, object_value, of_instance

META = frozenset(
    {"count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection", "dynamic", "//"}
)


@dataclass(eq=False)
class Body:
    """Arguments and blocks, each evaluated when it is asked for; with the provider's schema where it is known.

    `stands_for`: the address of an instance that stands for any number of them, of which this is all that is written.
    """

    address: str
    provider: str
    body: Merged
    surroundings: Surroundings
    schema: Schema | None
    problems: Problems
    where: Place
    stands_for: str = ""
    arguments: dict[str, Value] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        """The files and the bounds of this run."""
        return self.surroundings.names.context

    @property
    def region(self) -> Value:
        """The region of its provider configuration; null where that says none."""
        return self.surroundings.names.region(self.provider)

    @property
    def default_tags(self) -> Value:
        """The tags that its provider configuration gives to all that it makes; null where that says none."""
        return self.surroundings.names.tags(self.provider)

    def type_of(self, name: str) -> Type:
        """The type that the schema says."""
        attribute = self.schema.attributes.get(name) if self.schema else None
        return attribute.type if attribute else DYNAMIC

    def argument(self, name: str) -> Value:
        """An argument, converted to the schema's type; null where it is not set. Unknown where it is wrong."""
        if name not in self.arguments:
            setting, kind = self.body.setting(name), self.type_of(name)
            value = Value(kind, None) if setting is None else self.problems.value(setting, self.surroundings, kind)
            self.arguments[name] = of_instance(value, self.stands_for, name)
        return self.arguments[name]

    def place(self, argument: str = "") -> Place:
        """Where an argument is written; without a name, or where it is not set, where the block is."""
        setting = self.body.setting(argument) if argument else None
        return self.where if setting is None else setting.document.place(setting.argument.extent, self.address)

    def blocks(self, name: str) -> Sequence[Body | Value]:
        """The blocks of a type, dynamic ones expanded. A Value is unknown: there may be any number in its place."""
        inner = self.schema.blocks.get(name) if self.schema else None
        return [
            self._block(written, inner[1] if inner else None) if isinstance(written, Written) else written
            for written in written_out(self.body, name, self.surroundings, self.problems)
        ]

    def _block(self, written: Written, schema: Schema | None) -> Body:
        return Body(
            self.address, self.provider, written.body, written.surroundings, schema, self.problems, written.place
        )

    @cached_property
    def block_types(self) -> Sequence[str]:
        """Which blocks there may be."""
        if self.schema is not None:
            return list(self.schema.blocks)
        return [name for name in self.body.block_types() if name not in META]

    @property
    def names(self) -> Sequence[str]:
        """The arguments that are set."""
        return self._names

    @cached_property
    def _names(self) -> Sequence[str]:
        blocks = set(self.block_types) if self.schema is not None else set[str]()
        written = [setting.argument.name for setting in self.body.settings()]
        return [name for name in written if name not in META and name not in blocks]

    def blocks_value(self, name: str) -> Value:
        """The blocks of a type as one value."""
        found = [block.object() if isinstance(block, Body) else block for block in self.blocks(name)]
        nesting = self.schema.blocks[name][0] if self.schema and name in self.schema.blocks else "list"
        if nesting == "set" and found:
            return set_value(found[0].type, found)
        return Value(tuple_of(value.type for value in found), tuple(found))

    def object(self) -> Value:
        """A block as an object."""
        return object_value(dict(self._attributes()))

    def _attributes(self) -> Iterator[tuple[str, Value]]:
        names = self.schema.attributes if self.schema is not None else self.names
        yield from ((name, self.argument(name)) for name in names)
        yield from ((name, self.blocks_value(name)) for name in self.block_types)

    def written(self) -> Mapping[str, Place]:
        """Where each argument and the first block of each type stand."""
        places = {name: self.place(name) for name in self.names}
        for kind in self.block_types:
            for nested in self.body.blocks(kind)[:1]:
                places[kind] = nested.document.place(nested.block.extent, self.address)
        return places
