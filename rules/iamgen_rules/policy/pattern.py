"""A policy's strings as patterns: wildcards, and policy variables that a request fills in.

Source: "IAM policy elements: Variables and tags" (IAM User Guide). Variables exist in Version 2012-10-17
only; before it, and without a version, `${` is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from iamgen_rules.policy.text import Text, Unknown, parts_of
from iamgen_rules.policy.wildcard import Token, Wild

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_DEFAULT = re.compile(r"\s*([^,]*?)\s*,\s*'([^']*)'\s*")
_WILD = re.compile(r"([*?])")
_SPECIAL = frozenset("*?$")


@dataclass(frozen=True, slots=True)
class Variable:
    """`${key}` or `${key, 'default'}`; the key in lower case."""

    key: str
    default: str | None = None


Pattern = tuple[Token | Variable, ...]
Lookup = Callable[[str], Text | None]


@lru_cache(maxsize=16384)
def parse(text: Text, *, variables: bool, wildcards: bool = True) -> Pattern:
    """A text's tokens. With `variables`, `${…}` is one; without `wildcards`, `*` and `?` are letters."""
    tokens: list[Token | Variable] = []
    for part in _whole(parts_of(text)) if variables else parts_of(text):
        if isinstance(part, Unknown):
            tokens.append(part)
        else:
            tokens.extend(_with_variables(part, wildcards=wildcards) if variables else _wild(part, wildcards=wildcards))
    return tuple(tokens)


def keys(pattern: Sequence[Token | Variable]) -> frozenset[str]:
    """The condition keys that a pattern's variables read, in lower case."""
    return frozenset(token.key for token in pattern if isinstance(token, Variable))


def fill(pattern: Pattern, lookup: Lookup) -> tuple[Token, ...] | None:
    """The pattern with each variable's value as plain text; None where one has no value and no default."""
    filled: list[Token] = []
    for token in pattern:
        if not isinstance(token, Variable):
            filled.append(token)
            continue
        found = lookup(token.key)
        value = token.default if found is None else found
        if value is None:
            return None
        filled.extend(parts_of(value))
    return tuple(filled)


def lowered(pattern: Pattern) -> tuple[Token, ...]:
    """The tokens of a pattern without variables, in lower case."""
    return tuple(token.lower() if isinstance(token, str) else token for token in fill(pattern, _nothing) or ())


def _nothing(key: str) -> None:
    del key


def _whole(parts: Sequence[str | Unknown]) -> Iterator[str | Unknown]:
    """The parts, a variable with a hole inside it (`${aws:PrincipalTag/`, Unknown, `}`) as one hole."""
    inside = False
    for index, given in enumerate(parts):
        part = given
        if inside:
            if isinstance(part, Unknown) or "}" not in part:
                continue
            part, inside = part.partition("}")[2], False
        following = parts[index + 1] if index + 1 < len(parts) else ""
        if isinstance(part, str) and isinstance(following, Unknown) and part.rfind("${") > part.rfind("}"):
            yield part.rpartition("${")[0]
            part, inside = following, True
        yield part


def _with_variables(text: str, *, wildcards: bool) -> Iterator[Token | Variable]:
    position = 0
    for found in _VARIABLE.finditer(text):
        yield from _wild(text[position : found.start()], wildcards=wildcards)
        yield _variable(found[1])
        position = found.end()
    yield from _wild(text[position:], wildcards=wildcards)


def _variable(inside: str) -> str | Variable:
    if inside in _SPECIAL:
        return inside
    defaulted = _DEFAULT.fullmatch(inside)
    if defaulted:
        return Variable(defaulted[1].lower(), defaulted[2])
    return Variable(inside.strip().lower())


def _wild(text: str, *, wildcards: bool) -> Iterator[Token]:
    pieces = _WILD.split(text) if wildcards else [text]
    yield from (Wild(piece) if wildcards and piece in ("*", "?") else piece for piece in pieces if piece)
