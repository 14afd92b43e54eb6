"""The text of a body, an expression or a template as the tokens of python-hcl2's grammar.

python-hcl2 has a lexer of its own, which loses heredocs whose end marker is followed by white space, and does not
know everywhere which newlines count. So its grammar is handed tokens from which everything is gone that does not
matter to it: comments, newlines, escapes, indentation. Its work is what an expression is made of.
"""

from __future__ import annotations

from collections.abc import Sequence

from iamgen_rules.terraform.native.cursor import Cursor, Token
from iamgen_rules.terraform.native.frames import Frame
from iamgen_rules.terraform.native.lex_code import read_code
from iamgen_rules.terraform.native.lex_template import read_template
from iamgen_rules.terraform.syntax import Extent


def body_tokens(text: str, extent: Extent) -> Sequence[Token]:
    """The tokens of arguments and blocks. Raises HclSyntaxError."""
    start = extent.start or int(text.startswith("\ufeff", 0, extent.end))
    cursor = Cursor(text, start, extent.end)
    base = Frame("body", "", extent.start, extent.start)
    _read(cursor, base)
    if base.state == "head" or (base.state == "value" and not cursor.operand):
        raise cursor.fault("the text ends in the middle of an argument or block", cursor.end)
    return cursor.tokens


def expression_tokens(text: str, extent: Extent, places: Sequence[int] | None = None) -> Sequence[Token]:
    """The tokens of an argument with this expression. Raises HclSyntaxError."""
    cursor = Cursor(text, extent.start, extent.end, places)
    _begin_argument(cursor)
    _read(cursor, Frame("list", "", extent.start, extent.start))
    return cursor.tokens


def template_tokens(text: str, extent: Extent, places: Sequence[int] | None = None) -> Sequence[Token]:
    """The tokens of an argument whose value is this template, which stands in no quotes. Raises HclSyntaxError."""
    cursor = Cursor(text, extent.start, extent.end, places)
    _begin_argument(cursor)
    cursor.emit("DBLQUOTE", "", extent.start)
    _read(cursor, Frame("bare", "", extent.start, extent.start))
    cursor.emit("DBLQUOTE", "", extent.end)
    return cursor.tokens


def _begin_argument(cursor: Cursor) -> None:
    cursor.emit("NAME", "value", cursor.at, cursor.at)
    cursor.emit("EQ", "=", cursor.at, cursor.at)


def _read(cursor: Cursor, base: Frame) -> None:
    cursor.push(base)
    while cursor.at < cursor.end:
        frame = cursor.frames[-1]
        if frame.is_template:
            read_template(cursor, frame)
        else:
            read_code(cursor, frame)
    if len(cursor.frames) > 1:
        frame = cursor.frames[-1]
        raise cursor.fault("this is not closed", frame.start, frame.end)
