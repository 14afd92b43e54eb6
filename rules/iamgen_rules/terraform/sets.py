"""Sets in Terraform's order, each element once.

Source: go-cty's `setRules`: strings by bytes, numbers by size, false before true, all else by a text that it makes of
them; null behind all that is known, unknown behind null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.terraform.number import text_of_number
from iamgen_rules.terraform.types import Type, is_primitive, set_of
from iamgen_rules.terraform.values import Value, missing

_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def set_value(element: Type, values: Iterable[Value]) -> Value:
    """A set; every value is of the element's type already. It is sensitive where one of them is."""
    found: dict[object, Value] = {}
    sensitive = False
    for value in values:
        sensitive = sensitive or value.sensitive
        key = id(value) if missing(value) else fingerprint(value)
        found.setdefault(key, replace(value, sensitive=False))
    ordered = sorted(found.values(), key=_order)
    return Value(set_of(element), tuple(ordered), sensitive)


def fingerprint(value: Value) -> str:
    """The text that stands for a value that is known: the same for equal values of one type, and only for them."""
    data = value.data
    if isinstance(data, Unknown | Partial):
        return "?"
    if data is None:
        return "~"
    if isinstance(data, bool):
        return "T" if data else "F"
    if isinstance(data, int | Fraction):
        return text_of_number(data)
    if isinstance(data, str):
        return _quoted(data)
    return _fingerprint_of_parts(value)


def _fingerprint_of_parts(value: Value) -> str:
    if isinstance(value.data, Mapping):
        if value.type.kind == "object":
            return "<" + "".join(f"{fingerprint(part)};" for part in value.data.values()) + ">"
        return "{" + "".join(f"{_quoted(key)}:{fingerprint(part)};" for key, part in value.data.items()) + "}"
    parts = "".join(f"{fingerprint(part)};" for part in value.data) if isinstance(value.data, tuple) else ""
    return f"<{parts}>" if value.type.kind == "tuple" else f"[{parts}]"


def _order(value: Value) -> tuple[int, bool | int | Fraction | str]:
    data = value.data
    if data is None:
        return 2, 0
    if isinstance(data, Unknown | Partial):
        return 1, 0
    if is_primitive(value.type) and isinstance(data, bool | int | Fraction | str):
        return 0, data
    return 0, fingerprint(value)


def _quoted(text: str) -> str:
    """As Go's `%q` writes it."""
    return '"' + "".join(_ESCAPES.get(ord(letter)) or _printable(letter) for letter in text) + '"'


def _printable(letter: str) -> str:
    if letter.isprintable():
        return letter
    code = ord(letter)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
