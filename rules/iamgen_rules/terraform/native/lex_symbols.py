"""The symbols of the language: operators, brackets, what separates."""

from __future__ import annotations

import re
from collections.abc import Callable

from iamgen_rules.terraform.native.cursor import Cursor, Token
from iamgen_rules.terraform.native.frames import Frame
from iamgen_rules.terraform.native.lex_items import begin_operand, next_item
from iamgen_rules.terraform.native.words import GAP, SPACE

_FOR = re.compile(rf"{GAP}*+(for)(?![\w-])")
_FULL_SPLAT = re.compile(rf"\[{GAP}*+\*{GAP}*+\]")
_ONE_LINE = re.compile(rf"{SPACE}*+(?!\r?\n|#|//|\}}|\Z)")

_TYPES = {
    "=": "EQ", "==": "DOUBLE_EQ", "!=": "NEQ", "<": "LT", ">": "GT", "<=": "LEQ", ">=": "GEQ", "-": "MINUS",
    "*": "ASTERISK", "/": "SLASH", "%": "PERCENT", "&&": "DOUBLE_AMP", "||": "DOUBLE_PIPE", "+": "PLUS",
    "!": "NOT", "?": "QMARK", "=>": "FOR_OBJECT_ARROW", "...": "ELLIPSIS",
}  # fmt: skip
_NO_OPERATORS = ("=>", "...")


def read_symbol(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    """Read a symbol that was found. Raises HclSyntaxError where it may not stand."""
    if text == "/" and cursor.text.startswith("/*", at):
        raise cursor.fault("this comment is not closed", at, at + 2)
    reader = _SYMBOLS.get(text)
    if reader is not None:
        reader(cursor, frame, text, at)
    elif text in ("-", "!") and not cursor.operand:
        _unary(cursor, frame, text, at)
    elif not cursor.operand:
        raise cursor.fault(f"a value is missing before {text}", at, at + len(text))
    else:
        _infix(cursor, frame, text, at)


def _unary(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    begin_operand(cursor, frame, at)
    cursor.operator(frame, at)
    start, end = cursor.place(at), cursor.place(at + 1)
    last = cursor.tokens[-1] if cursor.tokens else None
    if last is not None and last.places:
        cursor.tokens[-1] = Token(last.type, last.text + text, last.start, end, (*last.places, start))
    else:
        cursor.tokens.append(Token(_TYPES[text], text, start, end, (start,)))


def _infix(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if text in _NO_OPERATORS:
        cursor.next_expression(frame)
    else:
        cursor.operator(frame, at)
    frame.questions += text == "?"
    cursor.emit(_TYPES[text], text, at)
    cursor.operand = text == "..."


def _equals(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    is_argument = frame.kind == "body" and frame.words == 1
    is_element = frame.kind == "object" and not frame.is_for and cursor.operand
    if frame.state != "head" or not (is_argument or is_element):
        raise cursor.fault("an = where none belongs", at)
    next_item(cursor, frame)
    frame.state = "value"
    cursor.emit("EQ" if text == "=" else "COLON", text, at)


def _colon(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    in_key = frame.kind == "object" and not frame.is_for and frame.state == "head"
    if in_key and not frame.questions:
        _equals(cursor, frame, text, at)
        return
    if not cursor.operand:
        raise cursor.fault("a value is missing before :", at)
    frame.questions -= in_key
    cursor.emit("COLON", text, at)
    cursor.operand = False


def _comma(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if not cursor.operand or frame.kind == "body" or (frame.minds_newlines and frame.state != "value"):
        raise cursor.fault("a comma where none belongs", at)
    next_item(cursor, frame)
    cursor.emit("COMMA", text, at)


def _dot(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    cursor.step(frame, at)
    cursor.emit("DOT", text, at)
    cursor.operand = False


def _open_parenthesis(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if cursor.operand:  # a call
        if cursor.tokens[-1].type not in ("NAME", "TRUE", "FALSE", "NULL"):
            raise cursor.fault("an operator or a comma is missing before this", at)
        cursor.tokens[-1] = cursor.tokens[-1]._replace(type="NAME")
    else:
        begin_operand(cursor, frame, at)
    cursor.emit("LPAR", text, at)
    cursor.push(Frame("list", ")", at, at + 1))


def _open_bracket(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if cursor.operand:
        cursor.step(frame, at)
        splat = _FULL_SPLAT.match(cursor.text, at, cursor.end)
        if splat is not None:
            cursor.emit("FULL_SPLAT_START", "[*]", at, splat.end())
            cursor.at = splat.end()
            return
        cursor.emit("LSQB", text, at)
        cursor.push(Frame("list", "]", at, at + 1))
        return
    begin_operand(cursor, frame, at)
    cursor.emit("LSQB", text, at)
    cursor.push(Frame("list", "]", at, at + 1))
    _read_for(cursor)


def _open_brace(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if frame.kind == "body" and frame.state == "head":
        if frame.one_line:
            raise cursor.fault("a block on one line takes one argument and no blocks", at)
        cursor.emit("LBRACE", text, at)
        one_line = _ONE_LINE.match(cursor.text, cursor.at, cursor.end) is not None
        cursor.push(Frame("body", "}", at, at + 1, one_line=one_line))
        return
    begin_operand(cursor, frame, at)
    cursor.emit("LBRACE", text, at)
    inner = Frame("object", "}", at, at + 1)
    cursor.push(inner)
    inner.is_for = _read_for(cursor)


def _read_for(cursor: Cursor) -> bool:
    match = _FOR.match(cursor.text, cursor.at, cursor.end)
    if match is None:
        return False
    cursor.emit("FOR", "for", match.start(1))
    cursor.at = match.end()
    return True


def _close(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if frame.closer != text:
        raise cursor.fault(f"a {text} that nothing opened", at)
    cursor.emit("RPAR" if text == ")" else "RSQB", text, at)
    cursor.pop()


def _close_brace(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if frame.closer != "}":
        raise cursor.fault("a } that nothing opened", at)
    in_value = frame.state == "value" and cursor.operand
    if frame.kind == "body" and not (frame.state == "item" or (frame.one_line and in_value)):
        raise cursor.fault("a newline is missing before this", at)
    if frame.kind == "object" and not (frame.is_for or frame.state == "item" or in_value):
        raise cursor.fault("the value of an element is missing before this", at)
    cursor.emit("RBRACE", text, at)
    outer = cursor.pop()
    if frame.kind == "body":
        outer.state = "done"


def read_strip(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    """Read `~}`, which ends a sequence in a template. Raises HclSyntaxError elsewhere."""
    if frame.kind != "sequence":
        raise cursor.fault("a ~} outside of a template", at, at + 2)
    cursor.emit("RBRACE", text, at)
    cursor.pop()


_SYMBOLS: dict[str, Callable[[Cursor, Frame, str, int], None]] = {
    "=": _equals,
    ":": _colon,
    ",": _comma,
    ".": _dot,
    "(": _open_parenthesis,
    "[": _open_bracket,
    "{": _open_brace,
    ")": _close,
    "]": _close,
    "}": _close_brace,
}
