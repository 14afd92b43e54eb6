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
from iamgen_rules.policy.wildcard import SEGMENT_ENDS, Token, Wild

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_INSIDE = re.compile(r"(?!\s)([^,']+)(?<!\s)(?:, '([^']*)')?")
_BRACE = re.compile(r"[{}]")
_OPENS, _CLOSES = "${", "}"
_WILD = re.compile(r"([*?])")
_SPECIAL = frozenset("*?$")


@dataclass(frozen=True, slots=True)
class Variable:
    """`${key}` or `${key, 'default'}`; the key in lower case. `text` is how the policy writes it."""

    key: str
    default: str | None = None
    text: str = ""


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


@lru_cache(maxsize=16384)
def parse_resource(text: Text, *, variables: bool) -> Pattern:
    """The same for a resource. A variable before the fifth colon of an ARN is a hole.

    AWS's documentation says that it cannot be there, one of AWS's own policies has it there
    (AmazonTimestreamInfluxDBServiceRolePolicy).
    """
    tokens = list(parse(text, variables=variables))
    colons = 0
    for index, token in enumerate(tokens):
        if isinstance(token, Variable) and colons < SEGMENT_ENDS:
            tokens[index] = Unknown(f"{token.text} before the fifth colon")
        colons += token.count(":") if isinstance(token, str) else 0
        if colons >= SEGMENT_ENDS or isinstance(token, Unknown):
            break
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
        value = _default(token) if found is None else found
        if value is None:
            return None
        filled.extend(parts_of(value))
    return tuple(filled)


def _default(variable: Variable) -> Text | None:
    """Whether a default has wildcards is documented nowhere."""
    default = variable.default
    return Unknown(variable.text) if default is not None and _WILD.search(default) else default


def lowered(pattern: Pattern) -> tuple[Token, ...]:
    """The tokens of a pattern without variables, in lower case."""
    return tuple(token.lower() if isinstance(token, str) else token for token in fill(pattern, _nothing) or ())


def _nothing(key: str) -> None:
    del key


def _whole(parts: Sequence[str | Unknown]) -> Iterator[str | Unknown]:
    """The parts, a variable with a hole inside it (`${aws:PrincipalTag/`, Unknown, `}`) as one hole.

    A hole may also begin or end a variable: what is known of that goes into the hole, too.
    """
    closing = _closing_next(parts)
    inside = False
    for index, part in enumerate(parts):
        if isinstance(part, Unknown):
            yield part
            inside = inside or closing[index]
            continue
        text = part
        if inside and _CLOSES not in text:
            continue
        if inside:
            text, inside = text.partition(_CLOSES)[2], False
        if isinstance(parts[index + 1] if index + 1 < len(parts) else "", Unknown):
            inside = text.rfind(_OPENS) > text.rfind(_CLOSES)
            text = text.rpartition(_OPENS)[0] if inside else text.removesuffix(_OPENS[0])
        yield text


def _closing_next(parts: Sequence[str | Unknown]) -> list[bool]:
    """For each part, whether the first brace that is known behind it is one that closes."""
    found, closing = [False] * len(parts), False
    for index in range(len(parts) - 1, -1, -1):
        found[index] = closing
        part = parts[index]
        braces = "" if isinstance(part, Unknown) else _BRACE.search(part)
        closing = braces[0] == _CLOSES if braces else closing
    return found


def _with_variables(text: str, *, wildcards: bool) -> Iterator[Token | Variable]:
    position = 0
    for found in _VARIABLE.finditer(text):
        before = text[position : found.start()]
        if _OPENS in before:
            break
        yield from _wild(before, wildcards=wildcards)
        yield _variable(found)
        position = found.end()
    known, unclosed, _ = text[position:].partition(_OPENS)
    yield from _wild(known, wildcards=wildcards)
    if unclosed:
        yield Unknown(text)


def _variable(found: re.Match[str]) -> Token | Variable:
    """What `${…}` is. AWS documents `${key}` and `${key, 'default'}`, to the blank; of all else, nobody knows."""
    if found[1] in _SPECIAL:
        return found[1]
    written = _INSIDE.fullmatch(found[1])
    return Variable(written[1].lower(), written[2], found[0]) if written else Unknown(found[0])


def _wild(text: str, *, wildcards: bool) -> Iterator[Token]:
    pieces = _WILD.split(text) if wildcards else [text]
    yield from (Wild(piece) if wildcards and piece in ("*", "?") else piece for piece in pieces if piece)
