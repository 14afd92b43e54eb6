"""`csvdecode`.

Source: "csvdecode Function" (Terraform documentation); Go's `encoding/csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import text
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING, object_of
from iamgen_rules.terraform.values import Value, list_value, object_value, string

_FIELD = re.compile(r'(?:"((?:[^"]|"")*+)"|([^",\n]*+))(,|\n|\Z)')
_EMPTY_LINES = re.compile(r"\n*")


def _csvdecode(arguments: Sequence[Value], context: Context) -> Value:
    records = _records(text(arguments[0]))
    names = next(records, None)
    if names is None:
        raise EvaluationError("missing header line", argument=0)
    if len(set(names)) < len(names):
        raise EvaluationError("a column name stands there twice", argument=0)
    rows: list[Value] = []
    for record in records:
        context.meter.elements(len(rows) + 1)
        rows.append(_row(names, record, len(rows) + 2))
    return list_value(object_of(dict.fromkeys(names, STRING)), rows)


def _row(names: Sequence[str], fields: Sequence[str], number: int) -> Value:
    if len(fields) != len(names):
        message = f"CSV parse error in record {number}: it has {len(fields)} fields, and the first one {len(names)}"
        raise EvaluationError(message, argument=0)
    return object_value({name: string(found) for name, found in zip(names, fields, strict=True)})


def _records(written: str) -> Iterator[list[str]]:
    """The records, each the list of its fields; empty lines are none."""
    lines = written.replace("\r\n", "\n").removesuffix("\r")
    at = 0
    while (at := _behind_empty_lines(lines, at)) < len(lines):
        record: list[str] = []
        end = ","
        while end == ",":
            found = _FIELD.match(lines, at)
            if not found:
                line = lines.count("\n", 0, at) + 1
                raise EvaluationError(f'CSV parse error on line {line}: a misplaced " in a field', argument=0)
            record.append(found[2] if found[1] is None else found[1].replace('""', '"'))
            at, end = found.end(), found[3]
        yield record


def _behind_empty_lines(lines: str, at: int) -> int:
    found = _EMPTY_LINES.match(lines, at)
    return found.end() if found else at


FUNCTIONS = {"csvdecode": Function(_csvdecode, (Parameter("str", STRING),))}
