"""`replace`, which knows holes on both sides.

Source: "replace Function" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iamgen_rules.policy.text import Text, parts_of, reworked, text_of
from iamgen_rules.terraform.functions.arguments import length_of, pieces, string, unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.functions.patterns import replaced
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value


def _replace(arguments: Sequence[Value], context: Context) -> Value:
    written, sought, by = arguments
    if not isinstance(sought.data, str):
        return unknown_by(STRING, *arguments)
    is_pattern = len(sought.data) > 1 and sought.data.startswith("/") and sought.data.endswith("/")
    parts = parts_of(reworked(pieces(written)))
    if is_pattern:
        if not isinstance(written.data, str) or not isinstance(by.data, str):
            return unknown_by(STRING, *arguments)
        made: Text = replaced(written.data, sought.data[1:-1], by.data, context)
    elif len(parts) > 1 and _may_cross(parts, sought.data):
        return unknown_by(STRING, *arguments)
    else:
        made = _each(parts, sought.data, pieces(by), context)
    return replace(string(made, context), origin=written.origin)


def _each(parts: Sequence[Text], sought: str, by: Text, context: Context) -> Text:
    times = sum(part.count(sought) for part in parts if isinstance(part, str))
    context.meter.spend(times)
    context.meter.text(times * length_of(by))
    if isinstance(by, str):
        return text_of(*(part.replace(sought, by) if isinstance(part, str) else part for part in parts))
    made: list[Text] = []
    for part in parts:
        between = _split(part, sought) if isinstance(part, str) else [part]
        made += [piece for one in between for piece in (by, one)][1:]
    return text_of(*made)


def _split(part: str, sought: str) -> Sequence[str]:
    return part.split(sought) if sought else ["", *part, ""]


def _may_cross(parts: Sequence[Text], sought: str) -> bool:
    """Whether a match may begin in a known piece and end in a hole, or the other way round."""
    cuts = range(1, len(sought))
    for index, part in enumerate(parts):
        if not isinstance(part, str):
            continue
        inside = len(parts) > 2 and 0 < index < len(parts) - 1 and part in sought
        after = index + 1 < len(parts) and any(part.endswith(sought[:cut]) for cut in cuts)
        before = index > 0 and any(part.startswith(sought[cut:]) for cut in cuts)
        if inside or after or before:
            return True
    return not sought


FUNCTIONS = {
    "replace": Function(
        _replace,
        (
            Parameter("str", STRING, unknown=True),
            Parameter("substr", STRING, unknown=True),
            Parameter("replace", STRING, unknown=True),
        ),
        result=STRING,
    ),
}
