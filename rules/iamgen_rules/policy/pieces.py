"""What a policy variable would have to stand for: pieces of the texts that its patterns are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iamgen_rules.policy.mentions import Mentions
from iamgen_rules.policy.pattern import Pattern, Variable, parse
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.text import Text, parts_of

_MOST = 8


def pieces(key: str, request: Request, read: Mentions) -> Iterator[str]:
    """Values of a key that would make a pattern that reads it fit the request."""
    for text, compared_with in read.readers.get(key, ()):
        for known in _known(request, compared_with):
            yield from _between(parse(text, variables=True), key, known)


def _known(request: Request, compared_with: str | None) -> Iterable[str]:
    """The resource, or the values of a key, as far as they are known."""
    held = (request.resource,) if compared_with is None else request.values(compared_with)
    texts: Sequence[Text] = held if isinstance(held, tuple) else ()
    return (part for text in texts for part in parts_of(text) if isinstance(part, str))


def _between(pattern: Pattern, key: str, text: str) -> Iterator[str]:
    """What of the text lies between the letters before and after the variable."""
    for index, token in enumerate(pattern):
        if not isinstance(token, Variable) or token.key != key:
            continue
        before = pattern[index - 1] if index else None
        after = pattern[index + 1] if index + 1 < len(pattern) else None
        starts = [0] if before is None else _ends_of(before, text)
        ends = [len(text)] if after is None else _starts_of(after, text)
        yield from (text[start:end] for start in starts[:_MOST] for end in ends[:_MOST] if start < end)


def _ends_of(token: object, text: str) -> list[int]:
    """Where the letters of a token end in the text; anything else may end anywhere, so behind each separator."""
    if isinstance(token, str):
        return [start + len(token) for start in _starts_of(token, text)]
    return [0, *(index + 1 for index, letter in enumerate(text) if letter in ":/")]


def _starts_of(token: object, text: str) -> list[int]:
    if isinstance(token, str):
        return [index for index in range(len(text)) if text.startswith(token, index)]
    return [*(index for index, letter in enumerate(text) if letter in ":/"), len(text)]
