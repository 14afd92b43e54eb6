"""`jsonencode`: what is known of a value is known of its text.

Source: "jsonencode Function" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iamgen_rules.policy.json_text import quoted
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, text_of
from iamgen_rules.terraform.functions.arguments import string
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.functions.json_text import json_text
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, missing


def _jsonencode(arguments: Sequence[Value], context: Context) -> Value:
    return string(json_of(arguments[0], context), context)


def json_of(value: Value, context: Context) -> Text:
    """A value as JSON; each hole is a whole JSON value, or lies in a string."""
    return text_of(*_pieces(value, context))


def _pieces(value: Value, context: Context) -> Iterator[Text]:
    context.meter.spend()
    data = value.data
    if isinstance(data, Unknown) or value.type.open or (value.type.kind == "set" and missing(value)):
        yield UnknownJson(", ".join(sorted(missing(value))))  # a set sorts what it has once that is known
    elif isinstance(data, Mapping):
        yield from _joined("{", (_member(key, part, context) for key, part in data.items()), "}", context)
    elif isinstance(data, tuple):
        yield from _joined("[", (_pieces(part, context) for part in data), "]", context)
    else:
        yield from _plain(value)


def _plain(value: Value) -> Iterator[Text]:
    if isinstance(value.data, Partial):
        yield from ('"', *(quoted(part)[1:-1] if isinstance(part, str) else part for part in value.data.parts), '"')
    else:
        yield json_text(value)


def _member(key: str, value: Value, context: Context) -> Iterator[Text]:
    yield f"{quoted(key)}:"
    yield from _pieces(value, context)


def _joined(start: str, members: Iterator[Iterator[Text]], end: str, context: Context) -> Iterator[Text]:
    yield start
    with context.meter.nested():
        for number, member in enumerate(members):
            yield from [","] if number else []
            yield from member
    yield end


FUNCTIONS = {"jsonencode": Function(_jsonencode, (Parameter("val", null=True, unknown=True),), result=STRING)}
