"""What a policy variable would have to stand for: pieces of the texts that its patterns are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from iamgen_rules.policy.mentions import Mentions
from iamgen_rules.policy.pattern import Pattern, Variable
from iamgen_rules.policy.request import Never, Request
from iamgen_rules.policy.text import Text, Unknown

_MOST = 128


class Pieces(NamedTuple):
    """Texts; not `complete` where there are too many."""

    texts: tuple[str, ...]
    complete: bool = True


def pieces(key: str, request: Request, read: Mentions) -> Pieces:
    """The values of a key that could make a pattern that reads it fit what it is compared with, as far as is known."""
    every = (
        piece
        for reader in read.readers.get(key, ())
        for text in compared(request, reader.compared_with) or ()
        if isinstance(text, str)
        for piece in _between(reader.pattern, key, text)
    )
    found = tuple(dict.fromkeys(islice(every, _MOST + 1)))
    return Pieces(found[:_MOST], len(found) <= _MOST)


def compared(request: Request, key: str | None) -> Sequence[Text] | None:
    """The resource for None, else the values of a key, if any; None where nothing is known of them."""
    held = (request.resource,) if key is None else request.values(key)
    if isinstance(held, Unknown):
        return None
    return () if held is None or isinstance(held, Never) else held


def _between(pattern: Pattern, key: str, text: str) -> Iterator[str]:
    """What of the text lies between what is before and after the variable."""
    for index, token in enumerate(pattern):
        if not isinstance(token, Variable) or token.key != key:
            continue
        before = pattern[index - 1] if index else None
        after = pattern[index + 1] if index + 1 < len(pattern) else None
        starts = [0] if before is None else _ends_of(before, text)
        ends = [len(text)] if after is None else _starts_of(after, text)
        yield from (text[start:end] for start, end in product(starts, ends) if start <= end)


def _ends_of(token: object, text: str) -> list[int]:
    """Where the letters of a token end in the text; anything else may end anywhere."""
    if isinstance(token, str):
        return [start + len(token) for start in _starts_of(token, text)]
    return list(range(len(text) + 1))


def _starts_of(token: object, text: str) -> list[int]:
    return [index for index in range(len(text) + 1) if not isinstance(token, str) or text.startswith(token, index)]
