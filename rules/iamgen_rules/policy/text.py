"""Text that may be known only in part: what a policy says where Terraform's apply decides the rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is missing, by the name that a person knows it by (`var.ops_policy`)."""

    name: str


@dataclass(frozen=True, slots=True)
class UnknownJson(Unknown):
    """A missing text that is the JSON of one value, whichever: what `jsonencode` makes of a value that is missing."""


@dataclass(frozen=True, slots=True)
class Partial:
    """A string with unknown pieces, its holes: `arn:aws:iam::`, Unknown, `:role/x`."""

    parts: tuple[str | Unknown, ...]


Text = str | Unknown | Partial


def parts_of(text: Text) -> tuple[str | Unknown, ...]:
    """The known and unknown pieces of a text, in order."""
    return text.parts if isinstance(text, Partial) else (text,)


def missing_of(text: Text) -> frozenset[str]:
    """The names of a text's unknown pieces."""
    return frozenset(part.name for part in parts_of(text) if isinstance(part, Unknown))


def text_of(*parts: Text) -> Text:
    """Texts one after the other as one; a plain string where all are known."""
    known = [part for part in parts if isinstance(part, str)]
    if len(known) == len(parts):  # most are; one piece after the other takes ten times as long
        return "".join(known)
    pieces: list[str | Unknown] = []
    for piece in (piece for part in parts for piece in parts_of(part)):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece != "":
            pieces.append(piece)
    return Partial(tuple(pieces)) if len(pieces) > 1 else pieces[0] if pieces else ""
