"""Changes of a text where it is sure what they do: offsets in the document, none where it is not sure."""

from __future__ import annotations

from collections.abc import Iterable

from iamgen_rules.gates.standing import Gate
from iamgen_rules.policy.document import Selection
from iamgen_rules.rule import Edit
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Texts


def into_list(gate: Gate, element: str, selection: Selection, added: Iterable[str], texts: Texts) -> tuple[Edit, ...]:
    """Add texts after the last one of an element's list, where that is written in the statement itself, and once."""
    statement, place = gate.place, gate.binding.place_of(gate.statement, element)
    text = texts.get(place.document, "")
    last = selection.values[-1] if selection.values else None
    if place.span is None or statement.span is None or not isinstance(last, str):
        return ()
    piece, quoted = text[place.span.start : place.span.end], f'"{last}"'
    if piece.count(quoted) != 1 or "[" not in piece or not _is_inside(place, statement, piece, element):
        return ()
    at = place.span.start + piece.index(quoted) + len(quoted)
    return (Edit(place.document, at, at, "".join(f', "{one}"' for one in added)),)


def _is_inside(place: Place, statement: Place, piece: str, element: str) -> bool:
    """Whether it is part of the statement's text; in a heredoc, whose places are lines, the line says what it is."""
    if place.document != statement.document or place.span is None or statement.span is None:
        return False
    return _holds(statement.span, place.span) or f'"{element}"' in piece


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
