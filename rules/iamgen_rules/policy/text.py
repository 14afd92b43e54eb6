"""Text that may be known only in part: what a policy says where Terraform's apply decides the rest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is missing, by the name that a person knows it by (`var.ops_policy`).

    What is worked out of it has the same name, and is another value. `identity`: two with the same one are the same
    text, whichever; without one, nobody knows.
    """

    name: str
    identity: str = field(default="", compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Every(Unknown):
    """A missing list whose every element is known as far as `each` is: the text that stands for any of them."""

    each: Text = field(compare=False)


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


def itself(name: str) -> Unknown:
    """A missing value that has its name for itself: wherever it is used it is the same one."""
    return Unknown(name, identity=name)


def is_of_any_instance(text: Text) -> bool:
    """Whether an unknown piece is that of one instance that stands for all of a resource, `[?]`."""
    return any(isinstance(part, Unknown) and "?" in part.identity for part in parts_of(text))


def identified(text: Text, identity: str) -> Text:
    """The text, an identity for its unknown pieces that have none: they are always those of this one value."""
    if isinstance(text, str):
        return text
    parts = [
        replace(part, identity=f"{identity}#{number}") if isinstance(part, Unknown) and not part.identity else part
        for number, part in enumerate(parts_of(text))
    ]
    return Partial(tuple(parts)) if isinstance(text, Partial) else text_of(*parts)


def reworked(text: Text) -> Text:
    """The text after its unknown pieces were changed somehow: they have lost their identity."""
    if isinstance(text, str):
        return text
    parts = tuple(replace(part, identity="") if isinstance(part, Unknown) else part for part in parts_of(text))
    return Partial(parts) if isinstance(text, Partial) else text_of(*parts)


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
