"""Addresses and references in their parts: `module.iam["a"].aws_iam_user.this[0].arn`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PART = re.compile(r'\.?([^.\[\]]+)((?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)')


class Part(NamedTuple):
    """A name, and the instance key after it as it is written: `["a"]`, `[0]` or nothing."""

    name: str
    key: str = ""

    def __str__(self) -> str:
        """As it is written."""
        return self.name + self.key


def parts(address: str) -> list[Part]:
    """The parts; as many as can be read, where there is something else in between."""
    found: list[Part] = []
    at = 0
    while (match := _PART.match(address, at)) is not None:
        found.append(Part(match[1], match[2]))
        at = match.end()
    return found


def is_instance(module: str, address: str) -> bool:
    """Whether this is the address of an instance in a module instance."""
    outer = parts(module)
    is_module = len(outer) % 2 == 0 and ".".join(map(str, outer)) == module
    is_module = is_module and all(part == Part("module") for part in outer[::2])
    local = parts(address.removeprefix(f"{module}.")) if module else parts(address)
    return is_module and len(local) in (2, 3) and within(module, ".".join(map(str, local))) == address


def calls(module: str) -> tuple[str, ...]:
    """The names of the module calls that lead to a module instance."""
    return tuple(part.name for part in parts(module)[1::2])


def parent(module: str) -> tuple[str, Part]:
    """The module instance that calls another, and the call; `module` is not the root module."""
    *before, _, call = parts(module)
    return ".".join(map(str, before)), call


def within(module: str, address: str) -> str:
    """An address in a module instance as one from the root on."""
    return f"{module}.{address}" if module else address


def traversals(references: Sequence[str]) -> Iterator[str]:
    """The references as they were written: Terraform lists each with all that it starts with after it."""
    before = ""
    for reference in references:
        if not before.startswith((reference + ".", reference + "[")):
            yield reference
        before = reference
