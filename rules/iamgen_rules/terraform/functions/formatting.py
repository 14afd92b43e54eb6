"""`format` and `formatlist`. What is known around unknown arguments is kept.

Source: "format Function", "formatlist Function" (Terraform documentation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from iamgen_rules.policy.json_text import quoted
from iamgen_rules.policy.text import Text, Unknown, text_of
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import elements, number, pieces, string, text, unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.functions.graphemes import clusters
from iamgen_rules.terraform.functions.json_encode import json_of
from iamgen_rules.terraform.functions.json_text import json_text
from iamgen_rules.terraform.functions.verbs import Verb, fractional, general, integer
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, STRING, list_of
from iamgen_rules.terraform.values import Value, list_value, missing, unknown

_VERB = re.compile(r"%([0#+ -]*)([1-9][0-9]*)?(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([A-Za-z])")
_WIDEST = 1_000_000  # beyond, Go writes an error into the text instead of the number
_MOST_DIGITS = 10_000
_COLLECTIONS = {"list", "set", "tuple", "map", "object"}
_INTEGERS, _FRACTIONS, _TEXTS = "bdoxX", "eEfgG", "sq"


def _scanned(pattern: str) -> Iterator[tuple[str, Verb | None, int]]:
    """The literal pieces of a format with the verb behind each, and the number of the verb's argument (0: the next)."""
    position = 0
    while (start := pattern.find("%", position)) >= 0:
        if pattern.startswith("%%", start):
            yield pattern[position : start + 1], None, 0
            position = start + 2
            continue
        found = _VERB.match(pattern, start)
        if found is None:
            raise EvaluationError(f"invalid format string starting at offset {start}", argument=0)
        flags, width, precision, index, mode = found.groups()
        verb = Verb(found[0], flags, _size(width), _size(precision), mode)
        yield pattern[position:start], verb, int(index[:9]) if index else 0
        position = found.end()
    yield pattern[position:], None, 0


def _size(digits: str | None) -> int | None:
    if digits is None:
        return None
    if len(digits) > len(str(_WIDEST)):
        raise EvaluationError(f"a width of more than {_WIDEST:,} characters", argument=0, lasting=True)
    return int(digits or "0")


def _formatted(pattern: str, arguments: Sequence[Value], context: Context) -> Text:
    made: list[Text] = []
    last = highest = 0
    for literal, verb, index in _scanned(pattern):
        made.append(literal)
        if verb is None:
            continue
        last = index or last + 1
        highest = max(highest, last)
        if last > len(arguments):
            message = f'not enough arguments for "{verb.raw}": need index {last} but have {len(arguments)} total'
            raise EvaluationError(message, argument=0)
        context.meter.text(max(verb.width or 0, verb.precision or 0))
        made.append(_written(verb, arguments[last - 1], context))
    if highest < len(arguments):
        raise EvaluationError(f"too many arguments; only {highest} used by format string", argument=highest + 1)
    return text_of(*made)


def _written(verb: Verb, argument: Value, context: Context) -> Text:
    if verb.mode not in f"vt{_INTEGERS}{_FRACTIONS}{_TEXTS}":
        raise EvaluationError(f'unsupported format verb "{verb.mode}" in "{verb.raw}"', argument=0)
    if missing(argument):
        return _of_unknown(verb, argument, context)
    if verb.mode == "v":
        return _padded(verb, _as_it_is(verb, argument, context))
    if argument.is_null:
        raise EvaluationError(f'unsupported value for "{verb.raw}": null value cannot be formatted')
    try:
        return _converted(verb, argument)
    except EvaluationError as error:
        raise EvaluationError(f'unsupported value for "{verb.raw}": {error.message}', lasting=error.lasting) from None


def _of_unknown(verb: Verb, argument: Value, context: Context) -> Text:
    if verb.width is None and verb.precision is None:
        if argument.type == STRING and "#" not in verb.flags and verb.mode in "vs":
            return pieces(argument)
        if argument.type == DYNAMIC and argument.is_unknown and verb.flags == "" and verb.mode == "s":
            return pieces(argument)
        if argument.type.kind in _COLLECTIONS and verb.mode == "v":
            return json_of(argument, context)
    return Unknown(", ".join(sorted(missing(argument))))


def _as_it_is(verb: Verb, argument: Value, context: Context) -> str:
    if "#" not in verb.flags and argument.data is not None:
        if argument.type == STRING:
            return text(argument)
        if argument.type == NUMBER:
            return general(number(argument))
    return str(json_of(argument, context))


def _converted(verb: Verb, argument: Value) -> str:
    if verb.mode == "t":
        return json_text(convert(argument, BOOL))
    if verb.mode in _TEXTS:
        shown = text(convert(argument, STRING))
        if verb.precision:
            shown = "".join(clusters(shown)[: verb.precision])
        return _padded(verb, quoted(shown) if verb.mode == "q" else shown)
    found = number(convert(argument, NUMBER))
    if (verb.width or 0) > _WIDEST or (verb.precision or 0) > _MOST_DIGITS:
        raise EvaluationError(f"more than {_MOST_DIGITS:,} digits", lasting=True)
    if verb.mode in _FRACTIONS:
        return fractional(verb, found)
    if not isinstance(found, int):
        raise EvaluationError("an integer is required")
    return integer(verb, found)


def _padded(verb: Verb, shown: str) -> str:
    if verb.width is None:
        return shown
    padding = ("0" if "0" in verb.flags else " ") * (verb.width - len(clusters(shown)))
    return shown + padding if "-" in verb.flags else padding + shown


def _format(arguments: Sequence[Value], context: Context) -> Value:
    pattern, *given = arguments
    if any(argument.is_null and argument.type == DYNAMIC for argument in given):
        return unknown(STRING, "null")  # Terraform never knows the result for a null without a type
    if not isinstance(pattern.data, str):
        return unknown_by(STRING, *arguments)
    return string(_formatted(pattern.data, given, context), context)


def _formatlist(arguments: Sequence[Value], context: Context) -> Value:
    pattern, *given = arguments
    if any(argument.is_null and argument.type == DYNAMIC for argument in given):
        return unknown(list_of(STRING), "null")
    lengths = {index: _length(argument) for index, argument in enumerate(given, start=1) if _is_row(argument)}
    counted = {index: length for index, length in lengths.items() if length is not None}
    _check_lengths(counted)
    if not isinstance(pattern.data, str) or any(_is_row(argument) and argument.is_unknown for argument in given):
        return unknown_by(list_of(STRING), *arguments)
    rows = next(iter(counted.values()), 1)
    context.meter.elements(rows * max(len(given), 1))
    found = [[elements(argument)[row] if _is_row(argument) else argument for argument in given] for row in range(rows)]
    return list_value(STRING, [string(_formatted(pattern.data, row, context), context) for row in found])


def _is_row(argument: Value) -> bool:
    return argument.type == DYNAMIC or (argument.type.kind in {"list", "set", "tuple"} and not argument.is_null)


def _length(argument: Value) -> int | None:
    if argument.type.kind == "tuple":
        return len(argument.type.elements)
    return None if argument.is_unknown else len(elements(argument))


def _check_lengths(lengths: dict[int, int]) -> None:
    if len(set(lengths.values())) < 2:
        return
    first, length = next(iter(lengths.items()))
    other, found = next((index, found) for index, found in lengths.items() if found != length)
    raise EvaluationError(
        f"argument {other} has length {found}, which is inconsistent with argument {first} of length {length}",
        argument=other,
    )


_PATTERN = (Parameter("format", STRING, unknown=True),)
_ARGUMENTS = Parameter("args", null=True, unknown=True)

FUNCTIONS = {
    "format": Function(_format, _PATTERN, _ARGUMENTS, result=STRING),
    "formatlist": Function(_formatlist, _PATTERN, _ARGUMENTS, result=list_of(STRING)),
}
