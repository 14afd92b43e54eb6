"""What the parts of the lexer share: where an item ends and an operand may begin."""

from __future__ import annotations

from iamgen_rules.terraform.native.cursor import Cursor
from iamgen_rules.terraform.native.frames import Frame


def next_item(cursor: Cursor, frame: Frame) -> None:
    """Be at the beginning of an argument or element."""
    frame.state = "item"
    frame.words = 0
    cursor.next_expression(frame)


def begin_operand(cursor: Cursor, frame: Frame, at: int) -> None:
    """Begin a value or a key. Raises HclSyntaxError where none may stand."""
    if frame.kind == "body" and frame.state != "value":
        message = "a newline is missing behind the block" if frame.state == "done" else "this is no argument or block"
        raise cursor.fault(message, at)
    if frame.minds_newlines and frame.state == "item":
        frame.state = "head"
    if cursor.operand:
        raise cursor.fault("an operator, a comma or a newline is missing before this", at)
