"""`BinaryEquals`: the same bytes, both in base64."""

from __future__ import annotations

import base64
import binascii

from iamgen_rules.policy.operators.operator import Operator, of_text


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _same(value: str, text: str) -> bool:
    found = _bytes(value)
    return found is not None and found == _bytes(text)


OPERATOR = Operator("BinaryEquals", of_text(_same))
