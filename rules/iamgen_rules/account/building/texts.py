"""The plain data of resources as texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from iamgen_rules.account.resource import Plain, Resource, Written
from iamgen_rules.policy.text import Every, Partial, Text, Unknown, parts_of
from iamgen_rules.source import Place


def argument(resource: Resource, name: str) -> Plain:
    """An argument; None where it is not set, also where the provider will work it out."""
    value = resource.values.get(name)
    is_own = isinstance(value, Unknown) and value.name == f"{resource.address}.{name}"
    return None if is_own else value


def place_of(resource: Resource, name: str) -> Place:
    """Where an argument is written; where it is not, where the resource is."""
    return resource.places.get(name, resource.place)


def text(value: Plain) -> Text | None:
    """A text; None for null and for what is none."""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return value if isinstance(value, str | Unknown | Partial) else None


def listed(value: Plain) -> list[Text]:
    """A list or set of texts; one that is unknown as a whole is one unknown text."""
    found = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    return [one for one in map(text, found) if one is not None and one != ""]


def one_of(value: Text) -> Text:
    """A text; of a list that is missing the one that stands for any in it."""
    return value.each if isinstance(value, Every) else value


def blocks(value: Plain) -> Iterator[Mapping[str, Plain] | Unknown]:
    """Blocks of a type; an unknown one may be any number of them."""
    found = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    yield from (one for one in found if isinstance(one, Mapping | Unknown))


def shown(text: Text) -> str:
    """A text for people, an unknown piece as Terraform would write it: `ci-${var.suffix}`."""
    return "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in parts_of(text))


def may_be(text: Text, known: str) -> bool:
    """Whether a text with unknown pieces may be this one, in any case."""
    pattern = "".join(re.escape(part) if isinstance(part, str) else ".*" for part in parts_of(text))
    return re.fullmatch(pattern, known, re.IGNORECASE | re.DOTALL) is not None


def strings(value: Plain) -> Iterator[str]:
    """Every known piece of text in the data."""
    if isinstance(value, str | Partial | Written):
        whole = value.text if isinstance(value, Written) else value
        yield from (part for part in parts_of(whole) if isinstance(part, str))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from strings(one)
