"""Changes of the text of a policy, where what is to be changed is written once at a place that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iamgen_rules.policy.text import Text
from iamgen_rules.rule import Edit
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Texts

_LONGEST_KEY = 200
_WORD = r"(?<![\w:]){}(?![\w:])"


def word(texts: Texts | None, place: Place, old: str, new: str) -> tuple[Edit, ...]:
    """A word that stands once at a place, or as the key of the value that is there, replaced; else nothing.

    HCL's `test = "Bool"`, `Bool = {…}` and JSON's `"Bool": {…}` alike.
    """
    text = texts.get(place.document) if texts else None
    if text is None or place.span is None:
        return ()
    found = [*_key_before(text, place.span.start, old)] or [*_within(text, place.span.start, place.span.end, old)]
    return tuple(Edit(place.document, at, at + len(old), new) for at in found) if len(found) == 1 else ()


def _key_before(text: str, at: int, old: str) -> Iterator[int]:
    before = text[max(0, at - _LONGEST_KEY) : at]
    key = re.search(rf'{_WORD.format(re.escape(old))}"?\s*[=:]\s*$', before)
    if key:
        yield at - len(before) + key.start()


def _within(text: str, start: int, end: int, old: str) -> Iterator[int]:
    yield from (one.start() for one in re.compile(_WORD.format(re.escape(old))).finditer(text, start, end))


def within(text: str, place: Place, piece: str) -> Place:
    """The place of a piece of text that is once at a place; else that place."""
    span = place.span
    if span is None or text.count(piece, span.start, span.end) != 1:
        return place
    start = text.index(piece, span.start, span.end)
    line = span.line + text.count("\n", span.start, start)
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Place(place.document, place.address, Span(start, start + len(piece), line, column, line))


def into_list(
    texts: Texts | None, statement: Place, place: Place, values: Iterable[Text], added: Iterable[str]
) -> tuple[Edit, ...]:
    """Texts added to a list of some values at a place, where it is written in the statement, each value once."""
    text = texts.get(place.document) if texts else None
    if text is None or place.span is None:
        return ()
    piece = text[place.span.start : place.span.end]
    last = _last(piece, [f'"{value}"' for value in values if isinstance(value, str)])
    if last is None or not _is_inside(place, statement, piece):
        return ()
    at = place.span.start + last
    return (Edit(place.document, at, at, "".join(f', "{one}"' for one in added)),)


def _last(piece: str, quoted: list[str]) -> int | None:
    """Where the last of some texts ends, if they are in a list, each once."""
    if not quoted or "[" not in piece or any(piece.count(one) != 1 for one in quoted):
        return None
    return max(piece.index(one) + len(one) for one in quoted)


def _is_inside(place: Place, statement: Place, piece: str) -> bool:
    """Whether it is part of the statement's text; in a heredoc, whose places are lines, it is a key and a list."""
    if place.document != statement.document or place.span is None or statement.span is None:
        return False
    holds = statement.span.start <= place.span.start and place.span.end <= statement.span.end
    return holds or re.search(r'"\w+"\s*:\s*\[', piece) is not None
