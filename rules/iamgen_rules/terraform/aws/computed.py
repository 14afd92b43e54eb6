"""What the provider works out of a resource's or data source's arguments: by type, by attribute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from iamgen_rules.source import Place
from iamgen_rules.terraform.aws.schema import Mode
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING, map_of
from iamgen_rules.terraform.values import Value, map_value, missing, unknown


class Configured(Protocol):
    """A block, or an instance of a resource or data source, as it is written and evaluated."""

    @property
    def address(self) -> str:
        """`module.iam.aws_iam_user.this["alice"]`."""
        ...

    @property
    def provider(self) -> str:
        """The provider configuration: `aws`, `aws.audit`; each is an account of its own."""
        ...

    @property
    def context(self) -> Context:
        """The files and the bounds of this run."""
        ...

    @property
    def region(self) -> Value:
        """The region of its provider configuration; null where that says none."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """The arguments that are set."""
        ...

    @property
    def default_tags(self) -> Value:
        """The tags that its provider configuration gives to all that it makes; null where that says none."""
        ...

    def argument(self, name: str) -> Value:
        """An argument, converted to the schema's type; null where it is not set. Unknown where it is wrong."""
        ...

    def blocks(self, name: str) -> Sequence[Configured | Value]:
        """The blocks of a type, dynamic ones expanded. A Value is unknown: there may be any number in its place."""
        ...

    def place(self, argument: str = "") -> Place:
        """Where an argument is written; without a name, or where it is not set, where the block is."""
        ...


Compute = Callable[[Configured, str], Value | None]


def computed(mode: Mode, kind: str, configured: Configured, attribute: str) -> Value | None:
    """A computed attribute; None where only the apply knows it. Raises EvaluationError for wrong arguments.

    A module of this package has them under `COMPUTED`, by mode and type: a function that gets the instance and the
    attribute's name. It is asked only for attributes that are not set.
    """
    if mode == "resource" and attribute == "tags_all":
        return tags_all(configured)
    compute = _table().get((mode, kind))
    return None if compute is None else compute(configured, attribute)


def tags_all(configured: Configured) -> Value:
    """Its own tags, and those of its provider configuration that it does not say otherwise.

    Source: "Resource Tagging" (the AWS provider's documentation). A tag without a value is not known.
    """
    found: dict[str, Value] = {}
    for tags in (configured.default_tags, configured.argument("tags")):
        if tags.is_unknown:
            return unknown(map_of(STRING), *missing(tags))
        found |= tags.data if isinstance(tags.data, Mapping) else {}
    unclear = unknown(STRING, f"{configured.address}.tags_all")
    return map_value(STRING, {name: unclear if tag.is_null else tag for name, tag in found.items()})


@cache
def _table() -> Mapping[tuple[str, str], Compute]:
    package = __name__.rpartition(".")[0]
    found: dict[tuple[str, str], Compute] = {}
    for module in iter_modules(import_module(package).__path__):
        found |= getattr(import_module(f"{package}.{module.name}"), "COMPUTED", {})
    return found
