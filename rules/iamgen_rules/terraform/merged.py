"""A block and what override files say of it, as one: each argument and block with the file that it is written in.

Source: "Override Files" (Terraform documentation): an argument replaces the argument, blocks of a type replace all
blocks of that type, `dynamic` ones counted under their label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.json_syntax import blocks_of
from iamgen_rules.terraform.syntax import Argument, Block, Body


@dataclass(frozen=True, slots=True)
class Setting:
    """An argument and its file."""

    document: Document
    argument: Argument


@dataclass(frozen=True, slots=True)
class Nested:
    """A block inside another, and its file. `dynamic`: it is written as `dynamic "type"`, of which it is the body."""

    document: Document
    block: Block
    dynamic: bool = False

    @property
    def merged(self) -> Merged:
        """Its body."""
        return Merged(((self.document, self.block.body),))


@dataclass(frozen=True, slots=True)
class Merged:
    """Bodies, each with its file, the first one overridden by the others."""

    bodies: tuple[tuple[Document, Body], ...]

    def setting(self, name: str) -> Setting | None:
        """The argument of that name."""
        for document, body in reversed(self.bodies):
            if (argument := body.arguments.get(name)) is not None:
                return Setting(document, argument)
        return None

    def settings(self) -> Iterator[Setting]:
        """Every argument; in JSON some of them may be meant as blocks."""
        names = dict.fromkeys(name for _, body in self.bodies for name in body.arguments)
        yield from (setting for name in names if (setting := self.setting(name)) is not None)

    def blocks(self, kind: str) -> tuple[Nested, ...]:
        """The blocks of a type, in order, with the dynamic ones among them."""
        for document, body in reversed(self.bodies):
            if found := tuple(_blocks(document, body, kind)):
                return found
        return ()

    def block_types(self) -> list[str]:
        """Which blocks there are, by the syntax alone: JSON's blocks look like arguments."""
        written = [block for _, body in self.bodies for block in body.blocks]
        names = (block.labels[0] if block.type == "dynamic" and block.labels else block.type for block in written)
        return list(dict.fromkeys(names))


def _blocks(document: Document, body: Body, kind: str) -> Iterator[Nested]:
    plain = [Nested(document, block) for block in blocks_of(body, kind)]
    dynamic = [block for block in blocks_of(body, "dynamic", labels=1) if block.labels == (kind,)]
    yield from sorted(
        [*plain, *(Nested(document, block, dynamic=True) for block in dynamic)],
        key=lambda nested: nested.block.extent.start,
    )
