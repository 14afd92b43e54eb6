"""Values as JSON, as Go writes it.

Source: go-cty's package `json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

from iamgen_rules.policy.json_text import quoted
from iamgen_rules.terraform.number import text_of_number
from iamgen_rules.terraform.values import Value


def json_text(value: Value) -> str:
    """A value that is wholly known as JSON."""
    data = value.data
    if isinstance(data, str):
        return quoted(data)
    if isinstance(data, Mapping):
        return "{" + ",".join(f"{quoted(key)}:{json_text(part)}" for key, part in data.items()) + "}"
    if isinstance(data, tuple):
        return "[" + ",".join(map(json_text, data)) + "]"
    if data is None or isinstance(data, bool):
        return json.dumps(data)
    if isinstance(data, int | Fraction):
        return text_of_number(data)
    raise TypeError(value)
