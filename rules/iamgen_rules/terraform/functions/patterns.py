"""Functions of regular expressions, whose language is RE2's in Terraform too.

Source: "regex Function", "regexall Function", "replace Function" (Terraform documentation); Go's regexp package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import string, text
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context, Meter
from iamgen_rules.terraform.types import DYNAMIC, STRING, Type, list_of, object_of, tuple_of
from iamgen_rules.terraform.values import Value, list_value, object_value, tuple_value

_KEPT = 256  # compiled patterns; a module calls with few
_STEP = 64  # characters that are searched in a step
_SINGLE_BYTE = re.compile(r"\\(?:Q.*?(?:\\E|$)|(?P<byte>C)|.)", re.DOTALL)  # RE2 has \C, Go does not
_TOKEN = re.compile(  # what may hold a parenthesis that is no group, and the groups
    r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]])*\]|(?P<group>\((?:(?!\?)|\?P?<(?P<name>\w+)>))", re.DOTALL
)
_REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. `names` has the names of its groups, empty for those without."""

    compiled: Any  # the package has no types
    names: Sequence[str]

    def matches(self, searched: bytes, meter: Meter) -> Iterator[Any]:
        """All matches that do not overlap, as Go finds them: none of nothing where another has just ended."""
        position, end_before = 0, -1
        while position <= len(searched):
            meter.spend(1 + (len(searched) - position) // _STEP)
            found = self.compiled.search(searched, position)
            if found is None:
                return
            start, end = found.span()
            if not (start == end == end_before):
                yield found
            end_before = end
            position = end if end > position else position + _width(searched, position)


def _width(searched: bytes, position: int) -> int:
    """How many bytes the character at a position takes."""
    end = position + 1
    while end < len(searched) and searched[end] & 0xC0 == 0x80:
        end += 1
    return end - position


@lru_cache(_KEPT)
def compiled(pattern: str) -> Pattern:
    """Compile a pattern. Raises EvaluationError where it is none."""
    import re2

    if any(found["byte"] for found in _SINGLE_BYTE.finditer(pattern)):
        raise EvaluationError(r"invalid regexp pattern: invalid escape sequence in \C", argument=0)
    options = re2.Options()
    options.log_errors = False
    try:
        made = re2.compile(pattern.encode(), options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        reason = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        raise EvaluationError(f"invalid regexp pattern: {reason}", argument=0) from None
    return Pattern(made, [found["name"] or "" for found in _TOKEN.finditer(pattern) if found["group"]])


def replaced(written: str, pattern: str, template: str, context: Context) -> str:
    """A text with every match of a pattern replaced; the template has groups by `$1`, `${name}`."""
    found = compiled(pattern)
    searched = written.encode()
    made: list[str] = []
    end, length = 0, 0
    for match in found.matches(searched, context.meter):
        made += [searched[end : match.start()].decode(), _expanded(template, found, match)]
        end = match.end()
        length += len(made[-1]) + len(made[-2])
        context.meter.text(length)
    return "".join([*made, searched[end:].decode()])


def _expanded(template: str, pattern: Pattern, match: Any) -> str:
    def group(reference: re.Match[str]) -> str:
        dollar, plain, braced = reference.groups()
        return "$" if dollar else _group(plain or braced, pattern, match)

    return _REFERENCE.sub(group, template)


def _group(name: str, pattern: Pattern, match: Any) -> str:
    if name.isdigit():
        number = int(name) if len(name) < 9 else len(pattern.names) + 1
    else:
        number = pattern.names.index(name) + 1 if name in pattern.names else len(pattern.names) + 1
    captured = match.group(number) if number <= len(pattern.names) else None
    return captured.decode() if captured else ""


def _regex(arguments: Sequence[Value], context: Context) -> Value:
    pattern = compiled(text(arguments[0]))
    _result_of(pattern)
    for match in pattern.matches(text(arguments[1]).encode(), context.meter):
        return _captured(pattern, match, context)
    raise EvaluationError("pattern did not match any part of the given string")


def _regexall(arguments: Sequence[Value], context: Context) -> Value:
    pattern = compiled(text(arguments[0]))
    element = _result_of(pattern)
    found: list[Value] = []
    for match in pattern.matches(text(arguments[1]).encode(), context.meter):
        found.append(_captured(pattern, match, context))
        context.meter.spend(len(pattern.names))
    context.meter.elements(len(found))
    return list_value(element, found)


def _captured(pattern: Pattern, match: Any, context: Context) -> Value:
    if not pattern.names:
        return string(match.group().decode(), context)
    groups = [
        Value(STRING, None) if captured is None else string(captured.decode(), context) for captured in match.groups()
    ]
    if not pattern.names[0]:
        return tuple_value(groups)
    return object_value(dict(zip(pattern.names, groups, strict=True)))


def _result_of(pattern: Pattern) -> Type:
    """The type of what one match gives."""
    if not pattern.names:
        return STRING
    if not any(pattern.names):
        return tuple_of(STRING for _ in pattern.names)
    if not all(pattern.names):
        message = "invalid regexp pattern: cannot mix both named and unnamed capture groups"
        raise EvaluationError(message, argument=0)
    return object_of(dict.fromkeys(pattern.names, STRING))


def _match_type(arguments: Sequence[Value]) -> Type:
    pattern = arguments[0].data
    return _result_of(compiled(pattern)) if isinstance(pattern, str) else DYNAMIC


_PARAMETERS = (Parameter("pattern", STRING), Parameter("string", STRING))

FUNCTIONS = {
    "regex": Function(_regex, _PARAMETERS, result=_match_type),
    "regexall": Function(_regexall, _PARAMETERS, result=lambda arguments: list_of(_match_type(arguments))),
}
