"""The parts of a statement: what it selects, whom it names, its conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

from iamgen_rules.policy.document import Condition, Principal, Quantifier, Selection
from iamgen_rules.policy.malformed import MalformedPolicyError, inside, shown
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.text import Partial, Text, Unknown, missing_of

_PRINCIPALS = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})
_OPERATOR = re.compile(r"(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?", re.IGNORECASE)
_ACTION = re.compile(r"\*|[\w*?.-]+:[\w*?.-]+", re.ASCII)
_UNIQUE_ID = re.compile(r"A(?:IDA|ROA)[A-Z0-9]{10,}")
_LARGEST = 10**400
_BY_NAME = {name.lower(): name for name in OPERATORS}
_QUANTIFIERS: Mapping[str, Quantifier] = {"": "", "forallvalues": "ForAllValues", "foranyvalue": "ForAnyValue"}


def mapping(
    raw: object, path: str, allowed: frozenset[str] | None = None
) -> tuple[Mapping[str, object], frozenset[str]]:
    """An object's members, and what is missing where a key of it is unknown.

    Raises MalformedPolicyError for what is no object, and for a key that does not belong there.
    """
    if not isinstance(raw, Mapping):
        raise MalformedPolicyError(path, f"{shown(raw)} is no object")
    members: dict[str, object] = {}
    missing = frozenset[str]()
    for key, value in raw.items():
        if isinstance(key, Unknown | Partial):
            missing |= missing_of(key)
        elif not isinstance(key, str) or (allowed is not None and key not in allowed):
            expected = f": use {', '.join(sorted(allowed))}" if allowed else ""
            raise MalformedPolicyError(path, f"{shown(key)} does not belong here{expected}")
        else:
            members[key] = value
    return members, missing


def texts(raw: object, path: str) -> tuple[Text, ...]:
    """One string or a list of them. Raises MalformedPolicyError."""
    return tuple(_string(item, path) for item in _listed(raw))


def scalars(raw: object, path: str) -> tuple[Text, ...]:
    """One string, number or Boolean or a list of them, as text. Raises MalformedPolicyError."""
    return tuple(_string(_as_text(item), path) for item in _listed(raw))


def _listed(raw: object) -> Iterable[object]:
    return raw if isinstance(raw, list | tuple) else [raw]


def _string(item: object, path: str) -> Text:
    if isinstance(item, str | Unknown | Partial):
        return item
    raise MalformedPolicyError(path, f"{shown(item)} is no string")


def _as_text(item: object) -> object:
    if isinstance(item, bool):
        return "true" if item else "false"
    if (isinstance(item, int) and abs(item) < _LARGEST) or (isinstance(item, float) and isfinite(item)):
        return repr(item)
    return item


def selection(body: Mapping[str, object], name: str, path: str) -> Selection:
    """`Action` or `NotAction`, `Resource` or `NotResource`. Raises MalformedPolicyError."""
    inverted = f"Not{name}" in body
    if inverted == (name in body):
        found = f"has both {name} and" if inverted else f"needs {name} or"
        raise MalformedPolicyError(path, f"{found} Not{name}")
    place = f"{path}.Not{name}" if inverted else f"{path}.{name}"
    values = texts(body[f"Not{name}" if inverted else name], place)
    if not values:
        raise MalformedPolicyError(place, "is empty")
    for value in values:
        if name == "Action" and isinstance(value, str) and not _ACTION.fullmatch(value):
            raise MalformedPolicyError(place, f"{shown(value)} is no action: write service:Action")
    return Selection(values, inverted)


def principals(raw: object, path: str) -> tuple[Principal, ...]:
    """The entries of `Principal`. Raises MalformedPolicyError."""
    if isinstance(raw, Unknown | Partial):
        return (Principal("*", raw),)
    if isinstance(raw, str):
        if raw != "*":
            raise MalformedPolicyError(path, f'{shown(raw)} is no principal: write "*" or {{"AWS": …}}')
        return (Principal("AWS", "*"),)
    by_type, missing = mapping(raw, path, _PRINCIPALS)
    entries = [Principal("*", Unknown(name)) for name in sorted(missing)]
    for type_, values in by_type.items():
        found = [Principal(type_, value) for value in scalars(values, f"{path}.{type_}")]
        if type_ == "AWS":
            _no_wildcards(found, f"{path}.{type_}")
            found = [_by_unique_id(entry) for entry in found]
        entries += found
    if not entries:
        raise MalformedPolicyError(path, "names nobody")
    return tuple(entries)


def _no_wildcards(entries: list[Principal], path: str) -> None:
    """Source: "AWS JSON policy elements: Principal": no wildcard for part of a name or ARN."""
    for entry in entries:
        if isinstance(entry.value, str) and "*" in entry.value and entry.value != "*":
            raise MalformedPolicyError(path, f'{shown(entry.value)} has a wildcard: name it in full, or "*"')


def _by_unique_id(entry: Principal) -> Principal:
    """A user or role by the id that AWS gave it, which nobody here knows.

    Source: "IAM identifiers": unique ids of users begin with AIDA, of roles with AROA.
    """
    known = isinstance(entry.value, str) and _UNIQUE_ID.fullmatch(entry.value)
    return Principal(entry.type, Unknown(known[0])) if known else entry


def conditions(raw: object, path: str) -> tuple[tuple[Condition, ...], frozenset[str]]:
    """The conditions, and the names of those that are unknown as a whole. Raises MalformedPolicyError."""
    if isinstance(raw, Unknown | Partial):
        return (), missing_of(raw)
    blocks, missing = mapping(raw, path)
    found: list[Condition] = []
    for name, block in blocks.items():
        place = inside(path, name)
        operator = _operator(name, place)
        if isinstance(block, Unknown | Partial):
            missing |= missing_of(block)
            continue
        members, unknown_keys = mapping(block, place)
        missing |= unknown_keys
        found += _block(operator, members, place)
    return _told_apart(found, missing)


def _told_apart(found: Iterable[Condition], missing: frozenset[str]) -> tuple[tuple[Condition, ...], frozenset[str]]:
    """Operators and keys ignore case: what AWS makes of one condition in two spellings is unknown."""
    alike: dict[tuple[str, str], list[Condition]] = {}
    for condition in found:
        alike.setdefault((condition.name, condition.key), []).append(condition)
    twice = {f"{name} of {key} in two spellings" for (name, key), several in alike.items() if len(several) > 1}
    return tuple(several[0] for several in alike.values() if len(several) == 1), missing | twice


def _operator(name: str, path: str) -> tuple[str, Quantifier, bool]:
    found = _OPERATOR.fullmatch(name)
    operator = _BY_NAME.get(found[2].lower()) if found else None
    if not found or operator is None or (operator == "Null" and found[3]):
        raise MalformedPolicyError(path, f"{shown(name)} is no condition operator")
    return operator, _QUANTIFIERS[(found[1] or "").lower()], bool(found[3])


def _block(operator: tuple[str, Quantifier, bool], members: Mapping[str, object], path: str) -> Iterator[Condition]:
    name, quantifier, if_exists = operator
    for key, values in members.items():
        yield Condition(name, key.lower(), scalars(values, inside(path, key)), quantifier, if_exists, key)
