"""Small letters, capitals and spaces as Go's standard library has them, one code point for one code point.

Source: strings.ToUpper, ToLower, Title, TrimSpace; unicode.IsLetter, IsDigit, IsSpace.
"""

from __future__ import annotations

import unicodedata

SPACES = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"

# Where Python's mapping of one character is more than one, and the simple mapping of Unicode is another character.
_SIMPLE_LOWER = {"İ": "i"}
_TITLES = {"ǆ": "ǅ", "Ǆ": "ǅ", "ǉ": "ǈ", "Ǉ": "ǈ", "ǌ": "ǋ", "Ǌ": "ǋ", "ǳ": "ǲ", "Ǳ": "ǲ"}
_TITLE_ONLY = range(0x1F80, 0x1FFD)  # Greek letters with iota below: the capital of one is its title form


def upper(text: str) -> str:
    """Every letter as a capital."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def lower(text: str) -> str:
    """Every letter as a small one."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


def title(text: str) -> str:
    """The first letter of every word as a capital; an apostrophe ends a word, an underscore does not."""
    before = " "
    made: list[str] = []
    for character in text:
        made.append(_title(character) if _ends_word(before) else character)
        before = character
    return "".join(made)


def _upper(character: str) -> str:
    found = character.upper()
    if len(found) == 1:
        return found
    return _title(character) if ord(character) in _TITLE_ONLY else character


def _lower(character: str) -> str:
    found = _SIMPLE_LOWER.get(character) or character.lower()
    return found if len(found) == 1 else character


def _title(character: str) -> str:
    found = _TITLES.get(character) or character.title()
    return found if len(found) == 1 else character


def _ends_word(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character == "_")
    if unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"}:
        return False
    return character in SPACES
