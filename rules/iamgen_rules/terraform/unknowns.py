"""What is unknown in the resources of a root module, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from iamgen_rules.account.resource import Plain, Resource, Written
from iamgen_rules.policy.text import Partial, Unknown, missing_of


def unknown_names(resources: Iterable[Resource]) -> tuple[str, ...]:
    """The names, sorted, each once; not those of a resource's own attributes that only the apply gives a value."""
    found: set[str] = set()
    for resource in resources:
        own = f"{resource.address}."
        found |= resource.missing
        found.update(name for name in _in_value(resource.values) if not name.startswith(own))
    return tuple(sorted(found))


def _in_value(value: Plain) -> Iterator[str]:
    if isinstance(value, Written):
        value = value.text
    if isinstance(value, Unknown | Partial):
        yield from missing_of(value)
    elif isinstance(value, Mapping):
        yield from (name for part in value.values() for name in _in_value(part))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from (name for part in value for name in _in_value(part))
