"""The lexer inside templates: quoted strings, heredocs, whole files that are templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from iamgen_rules.terraform.native.cursor import Cursor
from iamgen_rules.terraform.native.frames import Frame
from iamgen_rules.terraform.native.template_text import SPACE, EscapeError, unescape_quoted, unescape_raw

_QUOTED = re.compile(r'(?:[^"\\$%\r\n]++|\\[^\r\n]|\$\$\{|%%\{|\$(?!\{)|%(?!\{))++')
_LINE = re.compile(r"(?:[^$%\n]++|\$\$\{|%%\{|\$(?!\{)|%(?!\{))*+\n?")
_SEQUENCE = re.compile(r"(?:\$|%)\{~?")
_DIRECTIVE = re.compile(r"\s*+(if|else|endif|for|endfor)(?![\w-])")


def read_template(cursor: Cursor, frame: Frame) -> None:
    """Read a piece of literal text, what ends the template, or what begins a sequence in it."""
    _READERS[frame.kind](cursor, frame)


def _read_quoted(cursor: Cursor, frame: Frame) -> None:
    at = cursor.at
    match = _QUOTED.match(cursor.text, at, cursor.end)
    if match is not None:
        cursor.at = match.end()
        try:
            cursor.emit("STRING_CHARS", unescape_quoted(match[0]), at, match.end())
        except EscapeError as bad:
            raise cursor.fault(bad.message, at + bad.offset, at + bad.offset + 2) from None
    elif cursor.text[at] == '"':
        cursor.emit("DBLQUOTE", '"', at)
        cursor.at += 1
        cursor.pop()
    elif frame.is_label and cursor.text[at] in "$%":
        raise cursor.fault("a template in a label, which takes plain text only", at)
    elif not _begin_sequence(cursor):
        raise cursor.fault("this string is not closed on its line", frame.start, frame.end)


def _read_heredoc(cursor: Cursor, frame: Frame) -> None:
    at = cursor.at
    if frame.at_line_start and _ends_heredoc(cursor, frame):
        return
    frame.at_line_start = False
    if not _read_line(cursor) and not _begin_sequence(cursor):
        raise cursor.fault("this cannot stand in a heredoc", at)
    frame.at_line_start = cursor.text[cursor.at - 1] == "\n"


def _ends_heredoc(cursor: Cursor, frame: Frame) -> bool:
    newline = cursor.text.find("\n", cursor.at, cursor.end)
    if newline < 0:
        raise cursor.fault(f"this heredoc has no end: a line {frame.closer} is missing", frame.start, frame.end)
    line = cursor.text[cursor.at : newline]
    if line.strip(SPACE) != frame.closer:
        return False
    marker = cursor.at + line.index(frame.closer)
    cursor.emit("DBLQUOTE", frame.closer, marker)
    cursor.at = newline - line.endswith("\r")
    cursor.pop()
    return True


def _read_bare(cursor: Cursor, _frame: Frame) -> None:
    if not _read_line(cursor):
        _begin_sequence(cursor)


def _read_line(cursor: Cursor) -> bool:
    match = _LINE.match(cursor.text, cursor.at, cursor.end)
    if match is None or not match[0]:
        return False
    cursor.emit("STRING_CHARS", unescape_raw(match[0]), cursor.at, match.end())
    cursor.at = match.end()
    return True


def _begin_sequence(cursor: Cursor) -> bool:
    at = cursor.at
    match = _SEQUENCE.match(cursor.text, at, cursor.end)
    if match is None:
        return False
    cursor.at = match.end()
    is_directive = match[0][0] == "%"
    cursor.emit("DIRECTIVE_START" if is_directive else "INTERP_START", match[0], at)
    cursor.push(Frame("sequence", "}", at, match.end()))
    if is_directive:
        _read_directive(cursor, at)
    return True


def _read_directive(cursor: Cursor, start: int) -> None:
    match = _DIRECTIVE.match(cursor.text, cursor.at, cursor.end)
    if match is None:
        raise cursor.fault("after %{ must come if, else, endif, for or endfor", start, cursor.at)
    cursor.emit(match[1].upper(), match[1], match.start(1))
    cursor.at = match.end()


_READERS: dict[str, Callable[[Cursor, Frame], None]] = {
    "quoted": _read_quoted,
    "heredoc": _read_heredoc,
    "bare": _read_bare,
}
