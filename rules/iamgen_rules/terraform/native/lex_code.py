"""The lexer outside of templates: words, numbers, symbols, and which newlines count.

Source: the HCL native syntax specification; where it is silent, the scanner and parser of github.com/hashicorp/hcl.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from iamgen_rules.terraform.native.cursor import Cursor
from iamgen_rules.terraform.native.frames import Frame
from iamgen_rules.terraform.native.lex_items import begin_operand, next_item
from iamgen_rules.terraform.native.lex_symbols import read_strip, read_symbol
from iamgen_rules.terraform.native.words import GAP, SPACE, WORD

_TOKEN = re.compile(
    rf"[ \t]*+(?:(?P<blank>(?:#|//)[^\n]*+|/\*(?s:.*?)\*/|\Z)|(?P<newline>\r?\n)"
    rf"|(?P<word>{WORD}(?:{SPACE}*+::{SPACE}*+{WORD})*+)"
    rf"|(?P<number>[0-9](?:[0-9.]|[eE][+-]?[0-9])*(?<!\.))"
    rf'|(?P<quote>")|(?P<heredoc><<-?{WORD}\r?\n)|(?P<splat>\.{GAP}*+\*)|(?P<strip>~\}})'
    r"|(?P<symbol>\.\.\.|=>|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:=.,()\[\]{}]))"
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN_KEY = re.compile(rf"({WORD}){SPACE}*+(?=[=:])(?!==|=>|::)")


_LITERALS = {"true": "TRUE", "false": "FALSE", "null": "NULL"}


def read_code(cursor: Cursor, frame: Frame) -> None:
    """Read one token, white space, or a comment."""
    match = _TOKEN.match(cursor.text, cursor.at, cursor.end)
    if match is None:
        at = cursor.end - len(cursor.text[cursor.at : cursor.end].lstrip(" \t"))
        raise cursor.fault(f"the character {cursor.text[at]!r} means nothing here", at)
    cursor.at = match.end()
    kind = match.lastgroup or ""
    if kind != "blank":
        _READERS[kind](cursor, frame, match[kind], match.start(kind))


def _newline(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if not frame.minds_newlines or frame.state == "item":
        return
    if frame.state == "head":
        raise cursor.fault("the line ends where an argument or a block has only begun", at, at + len(text))
    if frame.state == "value":
        if not cursor.operand or frame.one_line:
            raise cursor.fault("the line ends in the middle of an argument", at, at + len(text))
        if frame.kind == "object":
            cursor.emit("COMMA", ",", at, at)
    next_item(cursor, frame)


def _word(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    if not text.isascii() and not text.replace("-", "_").replace("::", "_").isidentifier():
        raise cursor.fault(f"{text} is no name", at, at + len(text))
    if frame.kind == "body" and frame.state in ("item", "head"):
        if frame.one_line and frame.words:
            raise cursor.fault("a block on one line takes one argument and no blocks", at, at + len(text))
        frame.state = "head"
        frame.words += 1
        cursor.emit("NAME", text, at)
    elif not (frame.kind == "object" and not frame.is_for and frame.state == "item" and _plain_key(cursor, frame, at)):
        _expression_word(cursor, frame, text, at)


def _plain_key(cursor: Cursor, frame: Frame, at: int) -> bool:
    match = _PLAIN_KEY.match(cursor.text, at, cursor.end)
    if match is None:
        return False
    frame.state = "head"
    cursor.emit("DBLQUOTE", '"', at, at)
    cursor.emit("STRING_CHARS", match[1], at)
    cursor.emit("DBLQUOTE", '"', match.end(1), match.end(1))
    cursor.operand = True
    return True


def _expression_word(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    name = text if "::" not in text else re.sub(SPACE, "", text)
    if cursor.follows_dot() or cursor.names_of_for():
        cursor.emit("NAME", name, at, at + len(text))
    elif cursor.operand and text in ("in", "if"):
        cursor.next_expression(frame)
        cursor.emit(text.upper(), text, at)
        return
    else:
        begin_operand(cursor, frame, at)
        cursor.emit(_LITERALS.get(text, "NAME"), name, at, at + len(text))
    cursor.operand = True


def _number(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    is_index = cursor.follows_dot()
    if not _NUMBER.fullmatch(text) or (is_index and not text.isdigit()):
        raise cursor.fault(f"{text} is no number", at, at + len(text))
    if not is_index:
        begin_operand(cursor, frame, at)
    cursor.emit("INT_LITERAL" if text.isdigit() else "FLOAT_LITERAL", text, at)
    cursor.operand = True


def _quote(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    is_label = frame.kind == "body" and frame.state == "head"
    if is_label:
        frame.words += 1
    else:
        begin_operand(cursor, frame, at)
    cursor.emit("DBLQUOTE", text, at)
    cursor.push(Frame("quoted", '"', at, at + 1, is_label=is_label))


def _heredoc(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    begin_operand(cursor, frame, at)
    opener = text.rstrip()
    introducer = "<<-" if opener.startswith("<<-") else "<<"
    cursor.emit("DBLQUOTE", introducer, at, at + len(opener))
    cursor.push(Frame("heredoc", opener.removeprefix(introducer), at, at + len(opener)))


def _splat(cursor: Cursor, frame: Frame, text: str, at: int) -> None:
    cursor.step(frame, at)
    cursor.emit("ATTR_SPLAT", ".*", at, at + len(text))


_READERS: dict[str, Callable[[Cursor, Frame, str, int], None]] = {
    "newline": _newline,
    "word": _word,
    "number": _number,
    "quote": _quote,
    "heredoc": _heredoc,
    "splat": _splat,
    "strip": read_strip,
    "symbol": read_symbol,
}
