"""Functions that take something off the ends of strings. What is known around unknown pieces is kept.

Source: "String Functions" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from iamgen_rules.policy.text import Text, Unknown, parts_of, reworked, text_of
from iamgen_rules.terraform.functions.arguments import pieces, string, text, unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.functions.letters import SPACES
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value

_NEWLINES = "\r\n"


def _stripped(written: Text, characters: str, *, start: bool = True) -> Text:
    """A text without characters at its ends. What a hole at an end may let go as well belongs to the hole."""
    parts: list[str | Unknown] = list(parts_of(written))
    if start:
        _strip(parts, range(len(parts)), lambda part: part.lstrip(characters))
    _strip(parts, range(len(parts))[::-1], lambda part: part.rstrip(characters))
    return text_of(*parts)


def _strip(parts: list[str | Unknown], order: range, strip: Callable[[str], str]) -> None:
    for index in order:
        part = parts[index]
        if isinstance(part, str):
            parts[index] = stripped = strip(part)
            if stripped:
                return


def _of_ends(strip: Callable[[Text], Text]) -> Function:
    def call(arguments: Sequence[Value], context: Context) -> Value:
        return _lead_back(string(strip(reworked(pieces(arguments[0]))), context), arguments[0])

    return Function(call, (Parameter("str", STRING, unknown=True),), result=STRING)


def _trim(arguments: Sequence[Value], context: Context) -> Value:
    written, characters = arguments
    if not isinstance(characters.data, str):
        return unknown_by(STRING, written, characters)
    return _lead_back(string(_stripped(reworked(pieces(written)), text(characters)), context), written)


def _lead_back(made: Value, source: Value) -> Value:
    """A text without its ends has its parts where the whole has them."""
    return replace(made, origin=source.origin)


def _without(take: Callable[[str, str], str], *, last: bool, name: str) -> Function:
    def call(arguments: Sequence[Value], context: Context) -> Value:
        written, affix = arguments
        parts = list(parts_of(reworked(pieces(written))))
        at = -1 if last else 0
        if not isinstance(affix.data, str) or not _decided(parts, at, affix.data):
            return unknown_by(STRING, written, affix)
        end = parts[at]
        parts[at] = take(end, affix.data) if isinstance(end, str) else end
        return string(text_of(*parts), context)

    return Function(
        call, (Parameter("str", STRING, unknown=True), Parameter(name, STRING, unknown=True)), result=STRING
    )


def _decided(parts: Sequence[Text], at: int, affix: str) -> bool:
    """Whether the end that is known is long enough to hold the affix, or differs from it already."""
    end = parts[at]
    if not isinstance(end, str):
        return False
    if len(parts) == 1 or len(end) >= len(affix):
        return True
    return not (affix.startswith(end) if at == 0 else affix.endswith(end))


FUNCTIONS = {
    "chomp": _of_ends(lambda written: _stripped(written, _NEWLINES, start=False)),
    "trim": Function(
        _trim, (Parameter("str", STRING, unknown=True), Parameter("cutset", STRING, unknown=True)), result=STRING
    ),
    "trimprefix": _without(str.removeprefix, last=False, name="prefix"),
    "trimspace": _of_ends(lambda written: _stripped(written, SPACES)),
    "trimsuffix": _without(str.removesuffix, last=True, name="suffix"),
}
