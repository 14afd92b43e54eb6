"""The order in which the provider goes through a set of blocks.

Source: `SerializeResourceForHash`, `HashResource` and `Set.List` in Terraform's plugin SDK, version 2: by a checksum of
a text that it makes of the block, compared as texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

from iamgen_rules.policy.text import Partial, Text, Unknown, parts_of

Written = Text | Sequence[Text]
Fields = Mapping[str, Written]
_Block = TypeVar("_Block")


def in_order(blocks: Iterable[_Block], fields: Callable[[_Block], Fields], sets: frozenset[str]) -> list[_Block]:
    """Blocks that are known in the provider's order, each once; those that are not behind them. `sets`: which are."""
    found: dict[str, _Block] = {}
    unknown: list[_Block] = []
    for block in blocks:
        written = fields(block)
        if all(isinstance(one, str) for value in written.values() for one in _texts(value)):
            found.setdefault(_code(_serialized(written, sets)), block)
        else:
            unknown.append(block)
    return [*(found[code] for code in sorted(found)), *unknown]


def _serialized(block: Fields, sets: frozenset[str]) -> str:
    return "".join(f"{name}:{_value(block[name], is_set=name in sets)};" for name in sorted(block))


def _value(value: Written, *, is_set: bool) -> str:
    texts = [part for part in _texts(value) if isinstance(part, str)]
    if isinstance(value, str | Unknown | Partial):
        return "".join(texts)
    if is_set:
        return "{" + "".join(f"{text};" for text in sorted(texts, key=lambda text: _code(f"{text};"))) + "}"
    return "(" + "".join(f"{text};" for text in texts) + ")"


def _texts(value: Written) -> list[str | Unknown]:
    """The texts; of what is not known the pieces."""
    texts = (value,) if isinstance(value, str | Unknown | Partial) else value
    return [part for text in texts for part in parts_of(text)]


def _code(text: str) -> str:
    return str(crc32(text.encode()))
