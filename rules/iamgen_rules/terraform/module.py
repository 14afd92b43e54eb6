"""A module: a directory as Terraform loads it. What is declared there, by kind and name; nothing is evaluated.

Source: "Files and Configuration Structure", "Override Files" (Terraform documentation); "Files" (OpenTofu
documentation): a `.tofu` file replaces the `.tf` file of the same name.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iamgen_rules.errors import Problem
from iamgen_rules.source import Place
from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.index import TopBlock
from iamgen_rules.terraform.merged import Merged, Setting

_SUFFIXES = (".tofu.json", ".tf.json", ".tofu", ".tf")
_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1}
Key = tuple[str, ...]  # ("resource", "aws_iam_user", "this"), ("variable", "name")


def is_configuration(name: str) -> bool:
    """Whether Terraform or OpenTofu would load a file of this name."""
    ignored = name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
    return name.endswith(_SUFFIXES) and not ignored


def loaded(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of a directory's files those that are loaded, and the override files among them apart; both in order."""
    files = sorted(name for name in names if is_configuration(name))
    replaced = {name.replace(".tofu", ".tf") for name in files if ".tofu" in name}
    kept = [name for name in files if name not in replaced]
    return [name for name in kept if not _overrides(name)], [name for name in kept if _overrides(name)]


def _overrides(name: str) -> bool:
    stem = next(name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix))
    return stem == "override" or stem.endswith("_override")


@dataclass(eq=False)
class Declaration:
    """A top-level block, with what override files say of it; its bodies are parsed when they are asked for."""

    key: Key
    parts: list[tuple[Document, TopBlock]]

    @property
    def kind(self) -> str:
        """`resource`, `data`, `module`, `variable`, …"""
        return self.key[0]

    @property
    def place(self) -> Place:
        """Where the block begins."""
        document, block = self.parts[0]
        return document.place(block.extent)

    @cached_property
    def body(self) -> Merged:
        """What is written in it."""
        return Merged(tuple((document, document.body(block)) for document, block in self.parts))

    @cached_property
    def is_broken(self) -> bool:
        """Whether a part of it could not be read; the document's problems say why."""
        return any(document.is_broken(block) for document, block in self.parts)


@dataclass(eq=False)
class Module:
    """A directory's configuration."""

    folder: str
    documents: Sequence[Document] = ()
    overrides: Sequence[Document] = ()
    own_problems: list[Problem] = field(default_factory=list)

    @cached_property
    def real(self) -> str:
        """The folder behind all links: what tells it from others."""
        return os.path.realpath(self.folder)

    def report(self, place: Place, message: str) -> None:
        """Note a problem."""
        self.own_problems.append(Problem(place, message))

    @cached_property
    def declarations(self) -> Mapping[Key, Declaration]:
        """What is declared, by kind and name; of two of one name the first, and a problem."""
        found: dict[Key, Declaration] = {}
        for document, block, key in _keyed(self.documents):
            if key in found:
                self._duplicate(found[key], document, block)
            else:
                found[key] = Declaration(key, [(document, block)])
        for document, block, key in _keyed(self.overrides):
            if key in found:
                found[key].parts.append((document, block))
            else:
                message = f"{_called(key)} has nothing to override"
                self.report(document.place(block.extent), message)
        return found

    def _duplicate(self, first: Declaration, document: Document, block: TopBlock) -> None:
        message = f"{_called(first.key)} is declared twice, first in {first.place}"
        self.report(document.place(block.extent), message)

    def declaration(self, *key: str) -> Declaration | None:
        """What is declared under this kind and name."""
        return self.declarations.get(key)

    def of(self, kind: str) -> Iterator[Declaration]:
        """All declarations of a kind."""
        yield from (found for key, found in self.declarations.items() if key[0] == kind)

    @cached_property
    def locals(self) -> Mapping[str, Setting]:
        """The local values."""
        found: dict[str, Setting] = {}
        for setting in self._written_locals(self.documents):
            if setting.argument.name in found:
                place = setting.document.place(setting.argument.extent)
                earlier = found[setting.argument.name]
                first = earlier.document.place(earlier.argument.extent)
                self.report(place, f"local.{setting.argument.name} is declared twice, first in {first}")
            found.setdefault(setting.argument.name, setting)
        found |= {setting.argument.name: setting for setting in self._written_locals(self.overrides)}
        return found

    @cached_property
    def has_broken_locals(self) -> bool:
        """Whether some local values could not be read."""
        return any(
            document.is_broken(block)
            for document in (*self.documents, *self.overrides)
            for block in document.blocks
            if block.type == "locals"
        )

    @staticmethod
    def _written_locals(documents: Sequence[Document]) -> Iterator[Setting]:
        for document in documents:
            for block in document.blocks:
                if block.type == "locals":
                    yield from (Setting(document, one) for one in document.body(block).arguments.values())

    @property
    def problems(self) -> Iterator[Problem]:
        """What was found wrong so far."""
        yield from self.own_problems
        for document in (*self.documents, *self.overrides):
            yield from _mislabelled(document)
            yield from document.problems


def _keyed(documents: Sequence[Document]) -> Iterator[tuple[Document, TopBlock, Key]]:
    for document in documents:
        for block in document.blocks:
            if _LABELS.get(block.type) == len(block.labels):
                yield document, block, (block.type, *block.labels, *_alias(document, block))


def _mislabelled(document: Document) -> Iterator[Problem]:
    for block in document.blocks:
        wanted, there = _LABELS.get(block.type, len(block.labels)), len(block.labels)
        if wanted != there:
            message = f"{block.type} takes {wanted} label{'s' if wanted > 1 else ''}, and has {there}"
            yield Problem(document.place(block.extent), message)


def _alias(document: Document, block: TopBlock) -> tuple[str, ...]:
    """A provider's configurations differ in their alias, which stands inside."""
    if block.type != "provider":
        return ()
    argument = document.body(block).arguments.get("alias")
    return (
        () if argument is None else (document.text[argument.value.extent.start : argument.value.extent.end].strip('"'),)
    )


def _called(key: Key) -> str:
    return f'{key[0]} "{".".join(key[1:])}"'
