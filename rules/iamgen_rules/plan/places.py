"""Places from the source of a plan: the same resources, read from the files that lie beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from iamgen_rules.account.resource import Plain, Resource, Written
from iamgen_rules.plan.hidden import INLINE
from iamgen_rules.policy.holes import read
from iamgen_rules.policy.malformed import MalformedPolicyError
from iamgen_rules.policy.text import Partial, Unknown


def with_places(planned: Iterable[Resource], written: Iterable[Resource]) -> tuple[Resource, ...]:
    """The planned resources with the places of those that are written, by address; the values are the plan's.

    The source alone says whether blocks `inline_policy` are made for something that only the apply knows.
    A policy leads back to its lines where the source has statements of the same names and effects: the account's
    digits, and more, are known to only one of them.
    """
    source = {one.address: one for one in written}
    return tuple(_placed(one, source[one.address]) if one.address in source else one for one in planned)


def _placed(planned: Resource, written: Resource) -> Resource:
    values = {name: _led_back(value, written.values.get(name)) for name, value in planned.values.items()}
    if planned.type == "aws_iam_role" and isinstance(values.get(INLINE), Unknown):
        values |= {INLINE: written.values.get(INLINE, ())}
    return replace(planned, values=values, place=written.place, places=written.places)


def _led_back(value: Plain, source: Plain) -> Plain:
    if isinstance(value, str | Partial) and isinstance(source, Written):
        return Written(value, source.origin) if _says_the_same(value, source.text) else value
    if isinstance(value, Mapping) and isinstance(source, Mapping):
        return {name: _led_back(one, source.get(name)) for name, one in value.items()}
    if isinstance(value, Sequence) and isinstance(source, Sequence) and not isinstance(value, str):
        return tuple(map(_led_back, value, source)) if len(value) == len(source) else value
    return value


def _says_the_same(text: str | Partial, source: str | Partial) -> bool:
    return text == source or ((outline := _outline(text)) is not None and outline == _outline(source))


def _outline(text: str | Partial) -> list[object] | None:
    """Sid and effect of each statement; None where the text is no policy."""
    try:
        data = read(text)
    except MalformedPolicyError:
        return None
    found = data.get("Statement") if isinstance(data, dict) else None
    statements = found if isinstance(found, list) else [found]
    named = [(one.get("Sid", ""), one.get("Effect", "")) for one in statements if isinstance(one, dict)]
    return [*named] if len(named) == len(statements) else None
