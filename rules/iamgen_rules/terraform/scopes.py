"""What names mean at a place: in a file of a module instance, in an instance of a resource, in a dynamic block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from iamgen_rules.source import Place
from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.repetitions import ONCE, Repetition
from iamgen_rules.terraform.scope import Context, Step
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.values import Value


class Names(Protocol):
    """A module instance, as the expressions in it see it."""

    @property
    def context(self) -> Context:
        """The files and bounds of this run."""
        ...

    def region(self, provider: str) -> Value:
        """The region of a provider configuration; null where it says none."""
        ...

    def tags(self, provider: str) -> Value:
        """The tags that a provider configuration gives to all that it makes; null where it says none."""
        ...

    def named(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """What a name means that means the same in the whole module."""
        ...


@dataclass(frozen=True)
class Surroundings:
    """What surrounds a body: the module instance, the instance of a resource or call, dynamic blocks' iterators."""

    names: Names
    repetition: Repetition = ONCE
    iterators: Mapping[str, Value] = field(default_factory=dict)

    def scope(self, document: Document) -> FileScope:
        """The scope of expressions in a file."""
        return FileScope(self, document)

    def iterating(self, name: str, value: Value) -> Surroundings:
        """The same inside a dynamic block."""
        return replace(self, iterators={**self.iterators, name: value})


@dataclass(frozen=True)
class FileScope:
    """The `Scope` of expressions in one file."""

    surroundings: Surroundings
    document: Document

    @property
    def context(self) -> Context:
        """The files and bounds of this run."""
        return self.surroundings.names.context

    def place(self, extent: Extent) -> Place:
        """Where a piece of the file's text stands."""
        return self.document.place(extent)

    def resolve(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """What `root` and then `steps` mean, and how many of the steps are in it."""
        if (iterator := self.surroundings.iterators.get(root)) is not None:
            return iterator, 0
        if root in ("each", "count"):
            return self._repeated(root, steps[0] if steps else None, extent), 1
        return self.surroundings.names.named(root, steps, extent)

    def _repeated(self, root: str, step: Step | None, extent: Extent) -> Value:
        repetition = self.surroundings.repetition
        known: dict[tuple[str, Step | None], Value | None] = {("count", "index"): repetition.count_index}
        if repetition.each is not None:
            known["each", "key"], known["each", "value"] = repetition.each
        value = known.get((root, step)) if isinstance(step, str) else None
        if value is None:
            meaning = "for_each" if root == "each" else "count"
            raise EvaluationError(
                f"{root} has its key, value or index only where there is {meaning}", extent, lasting=True
            )
        return value
