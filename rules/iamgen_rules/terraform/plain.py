"""Values as the plain data of `account.resource`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from iamgen_rules.account.resource import Plain, Written
from iamgen_rules.policy.text import Every, Partial, Unknown
from iamgen_rules.terraform.values import Many, Value, any_in


def plain(value: Value) -> Plain:
    """The value as plain data; a text that knows where it was written still does."""
    data = value.data
    if isinstance(data, Many) or (isinstance(data, Unknown) and value.type.kind == "set"):
        return _every(data)
    if isinstance(data, str | Partial):
        return data if value.origin is None else Written(data, value.origin)
    if isinstance(data, Fraction):
        return float(data)
    if isinstance(data, tuple):
        return tuple(plain(element) for element in data)
    if isinstance(data, Mapping):
        return {key: plain(element) for key, element in data.items()}
    return data


def _every(data: Unknown) -> Unknown:
    """A collection that is missing, with what stands for any text in it."""
    each = data.element.data if isinstance(data, Many) else any_in(data.name, data.identity)
    return (
        Every(data.name, each)
        if isinstance(each, str | Unknown | Partial)
        else Unknown(data.name, identity=data.identity)
    )
