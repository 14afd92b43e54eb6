"""Values as the plain data of `account.resource`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from iamgen_rules.account.resource import Plain, Written
from iamgen_rules.policy.text import Partial
from iamgen_rules.terraform.values import Value


def plain(value: Value) -> Plain:
    """The value as plain data; a text that knows where it was written still does."""
    data = value.data
    if isinstance(data, str | Partial):
        return data if value.origin is None else Written(data, value.origin)
    if isinstance(data, Fraction):
        return float(data)
    if isinstance(data, tuple):
        return tuple(plain(element) for element in data)
    if isinstance(data, Mapping):
        return {key: plain(element) for key, element in data.items()}
    return data
