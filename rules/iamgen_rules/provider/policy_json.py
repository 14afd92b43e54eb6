"""Policy data as the provider writes it: JSON of Go's standard library, with indentation or without."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from iamgen_rules.policy.json_text import quoted
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, parts_of, text_of

Data = object  # mappings, lists, texts, and whatever else JSON has


def policy_json(data: Data, *, indented: bool) -> Text:
    """The text; what is not known of a text lies inside its quotes."""
    return text_of(*_pieces(data, "\n" if indented else ""))


def _pieces(data: Data, line: str) -> Iterator[Text]:
    if isinstance(data, UnknownJson):
        yield data
    elif isinstance(data, str | Partial | Unknown):
        yield from _quoted(data)
    elif isinstance(data, Mapping):
        members = [(_key(key, line), value) for key, value in data.items()]
        yield from _joined("{", members, "}", line)
    elif isinstance(data, Sequence):
        yield from _joined("[", [((), value) for value in data], "]", line)
    else:
        yield json.dumps(data)


def _key(key: object, line: str) -> tuple[Text, ...]:
    text = key if isinstance(key, str | Partial | Unknown) else str(key)
    return (*_quoted(text), ": " if line else ":")


def _quoted(text: Text) -> Iterator[Text]:
    yield '"'
    yield from (quoted(part)[1:-1] if isinstance(part, str) else part for part in parts_of(text))
    yield '"'


def _joined(start: str, members: Sequence[tuple[tuple[Text, ...], Data]], end: str, line: str) -> Iterator[Text]:
    inner = f"{line}  " if line else ""
    yield start
    for number, (key, value) in enumerate(members):
        yield f",{inner}" if number else inner
        yield from key
        yield from _pieces(value, inner)
    yield f"{line}{end}" if members else end
