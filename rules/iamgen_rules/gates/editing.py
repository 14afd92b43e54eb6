"""Changes of a text where it is sure what they do: offsets in the document, none where it is not sure."""

from __future__ import annotations

from collections.abc import Iterable

from iamgen_rules.gates.standing import Gate
from iamgen_rules.policy.document import Selection
from iamgen_rules.rule import Edit
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Texts


def into_list(gate: Gate, element: str, selection: Selection, added: Iterable[str], texts: Texts) -> tuple[Edit, ...]:
    """Add texts to an element's list, where that is written in the statement itself, each of its values once."""
    statement, place = gate.place, gate.binding.place_of(gate.statement, element)
    text = texts.get(place.document, "")
    if place.span is None:
        return ()
    piece = text[place.span.start : place.span.end]
    last = _last(piece, [f'"{value}"' for value in selection.values if isinstance(value, str)])
    if last is None or "[" not in piece or not _is_inside(place, statement, piece, element):
        return ()
    at = place.span.start + last
    return (Edit(place.document, at, at, "".join(f', "{one}"' for one in added)),)


def _last(piece: str, quoted: list[str]) -> int | None:
    """Where the last of some texts ends, if each is there once."""
    if not quoted or any(piece.count(one) != 1 for one in quoted):
        return None
    return max(piece.index(one) + len(one) for one in quoted)


def _is_inside(place: Place, statement: Place, piece: str, element: str) -> bool:
    """Whether it is part of the statement's text; in a heredoc, whose places are lines, the line says what it is."""
    if place.document != statement.document or place.span is None or statement.span is None:
        return False
    return _holds(statement.span, place.span) or f'"{element}"' in piece


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
