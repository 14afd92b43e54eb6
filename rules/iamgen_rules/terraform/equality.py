"""`==`: whether two values are equal, as far as that is known.

Source: "Arithmetic and Logical Operators" (Terraform documentation): never equal where the types differ; go-cty's
`Equals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.terraform.number import text_of_number
from iamgen_rules.terraform.sets import fingerprint
from iamgen_rules.terraform.types import Type, parts_of
from iamgen_rules.terraform.values import Value, missing


def equal(one: Value, other: Value) -> bool | None:
    """Whether two values are equal; None where what is unknown decides."""
    if one.data is None or other.data is None:
        return _with_null(one, other)
    if not _conform(one.type, other.type):
        return None if one.is_unknown and other.is_unknown else False
    if one.is_unknown or other.is_unknown:
        return None
    if isinstance(one.data, str | Partial) and isinstance(other.data, str | Partial):
        return _texts(one.data, other.data)
    if one.type.kind != other.type.kind:
        return False
    return _same_kind(one, other)


def _with_null(one: Value, other: Value) -> bool | None:
    if one.data is None and other.data is None:
        return True
    return None if one.is_unknown or other.is_unknown else False


def _conform(one: Type, other: Type) -> bool:
    """Whether types are the same, or may be once more of them is known."""
    if "dynamic" in {one.kind, other.kind}:
        return True
    if one.kind != other.kind:
        return False
    if one.kind == "object" and (one.open or other.open):
        mine, theirs = dict(one.attributes), dict(other.attributes)
        return all(_conform(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())
    names = [name for name, _ in one.attributes] == [name for name, _ in other.attributes]
    mine_in, theirs_in = parts_of(one), parts_of(other)
    return names and len(mine_in) == len(theirs_in) and all(map(_conform, mine_in, theirs_in))


def _same_kind(one: Value, other: Value) -> bool | None:
    mine, theirs = one.data, other.data
    if one.type.kind == "set":
        return None if missing(one, other) else fingerprint(one) == fingerprint(other)
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        if mine.keys() != theirs.keys():
            return None if one.type.open or other.type.open else False
        found = _all(equal(mine[key], theirs[key]) for key in mine)
        return None if found and (one.type.open or other.type.open) else found
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return len(mine) == len(theirs) and _all(map(equal, mine, theirs))
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, int | Fraction) and isinstance(theirs, int | Fraction):
        return mine == theirs or text_of_number(mine) == text_of_number(theirs)
    return None


def _all(found: Iterable[bool | None]) -> bool | None:
    results = set(found)
    if False in results:
        return False
    return None if None in results else True


def _texts(one: str | Partial, other: str | Partial) -> bool | None:
    """Whether texts are equal: unequal already where what is known at their ends differs."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    for last in (False, True):
        mine, theirs = _end(one, last=last), _end(other, last=last)
        length = min(len(mine), len(theirs))
        if length and (mine[-length:] != theirs[-length:] if last else mine[:length] != theirs[:length]):
            return False
    known = [text for text in (one, other) if isinstance(text, str)]
    least = max(_known_length(one), _known_length(other))
    return False if known and len(known[0]) < least else None


def _end(text: str | Partial, *, last: bool) -> str:
    part = text if isinstance(text, str) else text.parts[-1 if last else 0]
    return "" if isinstance(part, Unknown) else part


def _known_length(text: str | Partial) -> int:
    parts = (text,) if isinstance(text, str) else text.parts
    return sum(len(part) for part in parts if isinstance(part, str))
