"""JSON as text: numbers for `json.loads`, which takes what is none of JSON's; strings as Go writes them.

Source: encoding/json of Go's standard library, which escapes what HTML would take for a tag.
"""

from __future__ import annotations

import json
from typing import NoReturn

_MOST_DIGITS = 400
_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def integer(digits: str) -> int:
    """A whole number. Raises ValueError for one that would take long to read."""
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def no_number(name: str) -> NoReturn:
    """Python reads `NaN` and `Infinity`, JSON has neither: raises ValueError."""
    raise ValueError(f"{name} is no number of JSON")


def quoted(text: str) -> str:
    """A text as a JSON string."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPED)
