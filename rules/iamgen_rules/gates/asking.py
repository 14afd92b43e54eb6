"""Text that has a trust policy's statement ask for MFA, where the statement stands in one piece."""

from __future__ import annotations

import json
import re

from iamgen_rules.account.binding import Binding
from iamgen_rules.policy.document import Statement
from iamgen_rules.rule import Edit
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Texts

_KEY = "aws:MultiFactorAuthPresent"
_QUOTED = re.compile(r'\s*"[^"\n]*"\s*:')
_CONDITION = re.compile(r'"Condition"\s*:\s*\{')


def ask_for_mfa(binding: Binding, statement: Statement, texts: Texts | None) -> tuple[Edit, ...]:
    """A condition `Bool` "true" for the statement; none where it lets in services or federated users as well."""
    others = any(one.type != "AWS" for one in statement.principals)
    if others or any(one.name == "Bool" for one in statement.conditions):
        return ()
    place = binding.place_of(statement)
    text = texts.get(place.document) if texts else None
    if text is None or place.span is None:
        return ()
    if re.match(r"statement\s*\{", text[place.span.start : place.span.end]):
        return _block(text, place.document, place.span)
    if statement.conditions:
        return _among_conditions(text, binding.place_of(statement, "Condition"))
    return _in_object(text, place)


def _block(text: str, document: str, span: Span) -> tuple[Edit, ...]:
    """A `condition` block at the end of a `statement`."""
    line = text.rfind("\n", 0, span.end) + 1
    indent = text[line : span.end - 1]
    if text[span.end - 1] != "}" or indent.strip() or line <= span.start:
        return ()
    inner = ("condition {", '  test     = "Bool"', f'  variable = "{_KEY}"', '  values   = ["true"]', "}")
    new = "".join(f"{indent}  {one}\n" for one in inner)
    return (Edit(document, line, line, new),)


def _among_conditions(text: str, place: Place) -> tuple[Edit, ...]:
    if place.span is None:
        return ()
    piece = text[place.span.start : place.span.end]
    found = [place.span.start + one.end() for one in _CONDITION.finditer(piece)]
    if not found and piece.startswith("{"):
        found = [place.span.start + 1]
    if len(found) != 1:
        return ()
    return _member(text, place.document, found[0], "Bool", {_KEY: "true"})


def _in_object(text: str, place: Place) -> tuple[Edit, ...]:
    """The first member of the statement's object, which is at the place, or on its line."""
    if place.span is None:
        return ()
    piece = text[place.span.start : place.span.end]
    opening = piece.find("{")
    alone = piece.count("{") == 1 or _is_object(piece)
    if opening < 0 or not (alone or (piece.startswith("{") and piece.endswith("}"))):
        return ()
    return _member(text, place.document, place.span.start + opening + 1, "Condition", {"Bool": {_KEY: "true"}})


def _is_object(piece: str) -> bool:
    try:
        return isinstance(json.loads(piece.strip().rstrip(",")), dict)
    except ValueError:
        return False


def _member(text: str, document: str, at: int, name: str, value: object) -> tuple[Edit, ...]:
    """A member right behind an opening brace: in JSON's syntax where the next one is, else in HCL's."""
    is_json = _QUOTED.match(text, at)
    new = f'"{name}": {json.dumps(value)},' if is_json else f"{name} = {_hcl(value)},"
    following = re.compile(r"[ \t]*\n([ \t]*)").match(text, at)
    return (Edit(document, at, at, f"\n{following[1]}{new}" if following else f" {new}"),)


def _hcl(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    members = (f"{key if key.isalpha() else json.dumps(key)} = {_hcl(inner)}" for key, inner in value.items())
    return f"{{ {', '.join(members)} }}"
