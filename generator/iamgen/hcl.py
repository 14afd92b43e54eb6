"""Python values as HCL. Nothing else knows how HCL is quoted, so nothing from a roster can become syntax.

Source: "Expressions", "Strings and Templates", "Syntax" (Terraform language documentation).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_PLAIN_LABEL = re.compile(r"[A-Za-z](?:[A-Za-z0-9_]|-(?!-))*")
_LABEL_CHARACTER = re.compile(r"[A-Za-z0-9_]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TEMPLATE_START = re.compile(r"([$%]*)([$%])\{")
_VARIABLE_END = re.compile(r"[A-Za-z0-9_:.,/@ '*?-]*\}")
_LINE = 100


@dataclass(frozen=True, slots=True)
class Expression:
    """HCL that iamgen itself has written: a reference, a call, a template. Never text from outside."""

    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Text for a reader; whatever it holds, it stays one line behind a `#`."""

    text: str


Value = Expression | str | bool | int | float | None | Sequence["Value"] | Mapping[str, "Value"]


def label(name: str) -> str:
    """A block label for an AWS name: the name itself where Terraform allows that, else escaped; no two alike."""
    if _PLAIN_LABEL.fullmatch(name):
        return name
    first, rest = name[0], name[1:]
    head = first if first.isalpha() else f"_{_escape_label(first)}"
    return head + "".join(c if _LABEL_CHARACTER.fullmatch(c) else _escape_label(c) for c in rest)


def _escape_label(character: str) -> str:
    return f"--{ord(character):02x}"


def reference(*parts: str | int) -> Expression:
    """`aws_iam_role.OpsSudo.arn` from its parts, `x[0]` from a number; raises ValueError for what is no identifier."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _IDENTIFIER.fullmatch(part):
            text += f".{part}" if text else part
        else:
            raise ValueError(f"no Terraform identifier: {part!r}")
    return Expression(text)


def element(collection: Expression, key: str) -> Expression:
    """`collection["key"]`."""
    return Expression(f"{collection.text}[{_quote(key)}]")


def template(*parts: str | Expression) -> Expression:
    """A quoted template: strings stand for themselves, expressions are interpolated."""
    inner = "".join(_escape_part(part) if isinstance(part, str) else f"${{{part.text}}}" for part in parts)
    return Expression(f'"{inner}"')


def call(function: str, *arguments: Value) -> Expression:
    """A function call, such as `jsonencode({…})`."""
    return Expression(f"{reference(function).text}({', '.join(literal(argument) for argument in arguments)})")


def literal(value: object) -> str:
    """HCL for a value: its text for an expression or comment, else a literal that evaluates to it.

    Raises TypeError for anything that is no `Value` (an undefined template variable, say).
    """
    match value:
        case Expression(text):
            return text
        case Comment(text):
            return f"# {_one_line(text)}"
        case str():
            return _quote(value)
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int() | float():
            return repr(value)
        case Mapping():
            return _mapping(value)
        case list() | tuple():
            return _sequence(value)
        case _:
            raise TypeError(f"cannot be written as HCL: {value!r}")


def _quote(text: str) -> str:
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    escaped = "".join(_ESCAPES.get(character) or _visible(character) for character in text)
    return _TEMPLATE_START.sub(_escape_template, escaped)


def _escape_part(text: str) -> str:
    """Text that an interpolation may follow, whose `${` must not meet another sign."""
    escaped = _escape(text)
    return escaped[:-1] + _number(escaped[-1]) if escaped.endswith(("$", "%")) else escaped


def _escape_template(found: re.Match[str]) -> str:
    """`${x}` is written `$${x}`; by number the signs before it, because `$$${` reads otherwise, and the sign
    itself where no plain `x}` follows, because python-hcl2 looks for the brace beyond the string's end.
    """
    before = "".join(map(_number, found[1]))
    sign = found[2] * 2 if _VARIABLE_END.match(found.string, found.end()) else _number(found[2])
    return f"{before}{sign}{{"


def _number(character: str) -> str:
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _visible(character: str) -> str:
    """A character that no editor, diff or column count gets wrong, or its number."""
    if unicodedata.category(character)[0] in "LNPS" and not _joins(character):
        return character
    if character == " ":
        return character
    return _number(character)


def _joins(character: str) -> bool:
    """Whether it may be drawn as one with its neighbours, so that `terraform fmt` counts one column less."""
    point = ord(character)
    return 0x1100 <= point <= 0x11FF or 0xA960 <= point <= 0xA97F or 0xD7B0 <= point <= 0xD7FF or point > 0xFFFF


def _one_line(text: str) -> str:
    shown = (c if unicodedata.category(c)[0] in "LNPS" else " " for c in text)
    return " ".join("".join(shown).split())


def _sequence(values: Sequence[object]) -> str:
    items = [literal(value) for value in values]
    line = f"[{', '.join(items)}]"
    if len(line) <= _LINE - 30 and "\n" not in line:
        return line
    return _lines("[", (f"{item}," for item in items), "]")


def _mapping(values: Mapping[str, object]) -> str:
    if not values:
        return "{}"
    return _lines("{", (f"{_quote(key)} = {literal(value)}" for key, value in values.items()), "}")


def _lines(opening: str, items: Iterable[str], closing: str) -> str:
    return "\n".join([opening, *items, closing])
