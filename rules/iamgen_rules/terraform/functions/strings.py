"""Functions of strings. What is known around unknown pieces is kept.

Source: "String Functions" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iamgen_rules.policy.text import Text, Unknown, parts_of, reworked, text_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions import letters
from iamgen_rules.terraform.functions.arguments import (
    elements,
    of_text,
    pieces,
    string,
    strings,
    text,
    unknown_by,
    whole,
)  # fmt: skip
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.functions.graphemes import clusters
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import BOOL, NUMBER, STRING, list_of
from iamgen_rules.terraform.values import Value, boolean, list_value, missing, unknown


def _of_characters(change: Callable[[str], str]) -> Function:
    """A function that changes every character for itself: what is known around holes can be changed as well."""

    def call(arguments: Sequence[Value], context: Context) -> Value:
        return string(reworked(_each(pieces(arguments[0]), change)), context)

    return Function(call, (Parameter("str", STRING, unknown=True),), result=STRING)


def _each(written: Text, change: Callable[[str], str]) -> Text:
    return text_of(*(change(part) if isinstance(part, str) else part for part in parts_of(written)))


def _indent(arguments: Sequence[Value], context: Context) -> Value:
    spaces, written = whole(arguments[0], 0), pieces(arguments[1])
    if spaces < 0:
        raise EvaluationError("value must not be negative", argument=0)
    lines = sum(part.count("\n") for part in parts_of(written) if isinstance(part, str))
    context.meter.text(lines * spaces)
    pad = "\n" + " " * spaces if lines else ""
    return string(reworked(_each(written, lambda part: part.replace("\n", pad))), context)


def _join(arguments: Sequence[Value], context: Context) -> Value:
    separator, *lists = arguments
    if not lists:
        raise EvaluationError("at least one list is required")
    made: list[Text] = []
    apart = False  # an unknown list may be empty: what separates it from the others is part of its hole
    for number, found in enumerate(lists, start=1):
        if found.is_unknown:
            made.append(Unknown(", ".join(sorted(missing(found)))))
            apart = False
            continue
        for item in _joined(found, number, alone=len(lists) == 1):
            made += [pieces(separator), item] if apart else [item]
            apart = True
    context.meter.elements(len(made))
    context.meter.text(sum(len(part) for one in made for part in parts_of(one) if isinstance(part, str)))
    return string(text_of(*made), context)


def _joined(found: Value, number: int, *, alone: bool) -> list[Text]:
    for index, element in enumerate(elements(found)):
        if element.is_null:
            where = f"element {index}" if alone else f"element {index} of list {number}"
            raise EvaluationError(f"{where} is null; cannot concatenate null values", argument=number)
    return [pieces(element) for element in elements(found)]


def _sort(arguments: Sequence[Value], context: Context) -> Value:
    if names := missing(*arguments):  # where an element comes to stand depends on all of them
        whole_list = arguments[0].is_unknown
        return (
            unknown(_STRINGS, *names)
            if whole_list
            else list_value(STRING, (unknown(STRING, *names) for _ in elements(arguments[0])))
        )
    for index, element in enumerate(elements(arguments[0])):
        if element.is_null:
            raise EvaluationError(f"given list element {index} is null; a null string cannot be sorted")
    return strings(sorted(text(element) for element in elements(arguments[0])), context)


def _split(arguments: Sequence[Value], context: Context) -> Value:
    separator, written = text(arguments[0]), text(arguments[1])
    context.meter.elements(1 + (written.count(separator) if separator else len(written)))
    return strings(written.split(separator) if separator else list(written), context)


def _strrev(written: str) -> str:
    return "".join(reversed(clusters(written)))


def _substr(arguments: Sequence[Value], context: Context) -> Value:
    offset, length = whole(arguments[1], 1), whole(arguments[2], 2)
    written = pieces(arguments[0])
    if not isinstance(written, str):
        return string(_start(written, length), context) if offset == 0 else unknown_by(STRING, arguments[0])
    found = clusters(written)
    if offset < 0:
        offset = max(offset + len(found), 0)
    elif length == 0:
        return string("", context)
    # Where the offset was counted from the end, Terraform takes a length of 0 for one without end.
    return string("".join(found[offset:] if length <= 0 else found[offset : offset + length]), context)


def _start(written: Text, length: int) -> Text:
    """The start of a text with unknown pieces, as far as it is known."""
    first, *rest = parts_of(written)
    if length < 0:
        return written
    hole = Unknown(", ".join(sorted({part.name for part in (first, *rest) if isinstance(part, Unknown)})))
    if not isinstance(first, str) or not first.isascii():
        return hole
    return first[:length] if length < len(first) else text_of(first, hole)


def _starts(arguments: Sequence[Value], _: Context) -> Value:
    return _has_affix(arguments, 0, str.startswith)


def _ends(arguments: Sequence[Value], _: Context) -> Value:
    return _has_affix(arguments, -1, str.endswith)


def _has_affix(arguments: Sequence[Value], at: int, has: Callable[[str, str], bool]) -> Value:
    parts, affix = parts_of(pieces(arguments[0])), arguments[1].data
    end = parts[at]
    if affix == "":
        return boolean(True)
    if isinstance(affix, str) and isinstance(end, str):
        if len(parts) == 1 or has(end, affix):
            return boolean(has(end, affix))
        if not has(affix, end):
            return boolean(False)
    return unknown_by(BOOL, *arguments)


def _contains(arguments: Sequence[Value], _: Context) -> Value:
    parts, sought = parts_of(pieces(arguments[0])), arguments[1].data
    if isinstance(sought, str):
        if any(isinstance(part, str) and sought in part for part in parts):
            return boolean(True)
        if len(parts) == 1 and isinstance(parts[0], str):
            return boolean(False)
    return unknown_by(BOOL, *arguments)


_STRINGS = list_of(STRING)


def _text(name: str = "str") -> Parameter:
    return Parameter(name, STRING, unknown=True)


FUNCTIONS = {
    "endswith": Function(_ends, (_text(), _text("suffix")), result=BOOL),
    "indent": Function(_indent, (Parameter("spaces", NUMBER), _text()), result=STRING),
    "join": Function(
        _join, (_text("separator"),), variadic=Parameter("lists", list_of(STRING), unknown=True), result=STRING
    ),
    "lower": _of_characters(letters.lower),
    "sort": Function(_sort, (Parameter("list", _STRINGS, unknown=True),), result=_STRINGS),
    "split": Function(_split, (Parameter("separator", STRING), Parameter("str", STRING)), result=list_of(STRING)),
    "startswith": Function(_starts, (_text(), _text("prefix")), result=BOOL),
    "strcontains": Function(_contains, (_text(), _text("substr")), result=BOOL),
    "strrev": Function(of_text(_strrev), (Parameter("str", STRING),), result=STRING),
    "substr": Function(_substr, (_text(), Parameter("offset", NUMBER), Parameter("length", NUMBER)), result=STRING),
    "title": Function(of_text(letters.title), (Parameter("str", STRING),), result=STRING),
    "upper": _of_characters(letters.upper),
}
