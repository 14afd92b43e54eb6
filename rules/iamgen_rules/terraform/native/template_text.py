"""The literal text of templates: escapes, strip markers, the indentation of heredocs.

Source: "Strings and Templates" (Terraform documentation); github.com/hashicorp/hcl, hclsyntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from unicodedata import category, normalize

# unicode.IsSpace of Go; Python counts U+001C to U+001F as well.
SPACE = "".join(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_QUOTED_ESCAPE = re.compile(
    r"\\(?:(?P<plain>[nrt\"\\])|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<bad>.))"
    r"|(?P<mark>\$\$|%%)\{"
)
_RAW_ESCAPE = re.compile(r"(?P<mark>\$\$|%%)\{")


class EscapeError(ValueError):
    """A backslash before something that it does not go with; `offset` in the text."""

    def __init__(self, message: str, offset: int) -> None:
        """Take the message and where."""
        super().__init__(message)
        self.message = message
        self.offset = offset


def unescape_quoted(text: str) -> str:
    """The text between quotes, without its escapes. Raises EscapeError."""
    if "\\" in text or "{" in text:
        text = _QUOTED_ESCAPE.sub(_replacement, text)
    return composed(text)


def unescape_raw(text: str) -> str:
    """The text of a heredoc or file, in which only `$${` and `%%{` are escapes."""
    return composed(_RAW_ESCAPE.sub(_replacement, text) if "{" in text else text)


def composed(text: str) -> str:
    """The text in Unicode's composed form, as Terraform keeps all strings."""
    return text if text.isascii() else normalize("NFC", text)


def _replacement(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if mark := groups["mark"]:
        return f"{mark[0]}{{"
    if plain := groups["plain"]:
        return _ESCAPES[plain]
    code = groups["four"] or groups["eight"]
    if code is None:
        raise EscapeError(f"the escape sequence {match[0]} is not known", match.start())
    number = int(code, 16)
    if number > 0x10FFFF or 0xD800 <= number < 0xE000:
        raise EscapeError(f"there is no character U+{code}", match.start())
    return chr(number)


@dataclass(slots=True)
class Literal:
    """A piece of literal text, of one line in a heredoc."""

    text: str


@dataclass(slots=True)
class Interruption:
    """`${…}` or `%{…}`."""

    content: Any = field()
    strips_left: bool = False
    strips_right: bool = False


Piece = Literal | Interruption


def strip(pieces: Sequence[Piece]) -> None:
    """Take away the white space that `~` asks to, which reaches only into the piece beside it."""
    for left, right in pairwise(pieces):
        if isinstance(left, Literal) and isinstance(right, Interruption) and right.strips_left:
            left.text = left.text.rstrip(SPACE)
        elif isinstance(left, Interruption) and isinstance(right, Literal) and left.strips_right:
            right.text = right.text.lstrip(SPACE)


def unindent(pieces: Sequence[Piece]) -> None:
    """Take the indentation that all lines of a `<<-` heredoc share away from each."""
    firsts = _line_starts(pieces)
    texts = [piece.text if isinstance(piece, Literal) else "" for piece in firsts]
    indents = [len(text) - len(text.lstrip(SPACE)) for text in texts if not _is_blank(text)]
    least = min(indents, default=0)
    for piece in firsts:
        if isinstance(piece, Literal) and not _is_blank(piece.text):
            piece.text = _without(piece.text, least)


def _without(text: str, indent: int) -> str:
    """A text without so much of its beginning; a mark that combines with the last of it goes too."""
    rest = text[indent:]
    while indent and rest and category(rest[0]).startswith("M"):
        rest = rest[1:]
    return rest


def _line_starts(pieces: Sequence[Piece]) -> list[Piece]:
    starts: list[Piece] = []
    at_start = True
    for piece in pieces:
        if at_start:
            starts.append(piece)
        at_start = isinstance(piece, Literal) and piece.text.endswith("\n")
    return starts


def _is_blank(text: str) -> bool:
    return text.endswith("\n") and not text.strip(SPACE)
