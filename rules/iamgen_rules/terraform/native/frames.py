"""What the lexer is inside of: a body, an object, a bracket, a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["body", "object", "list", "sequence", "quoted", "heredoc", "bare"]
State = Literal["item", "head", "value", "done"]


@dataclass(slots=True)
class Frame:
    """One of the things that are open, and how far it is read.

    A body is at an `item`'s beginning, in a `head` (name and labels), in a `value`, or `done` with a block, behind
    which a newline must come. An object is at an `item`, in the `head` (the key), or in a `value`.
    """

    kind: Kind
    closer: str
    start: int
    end: int
    state: State = "item"
    one_line: bool = False  # a body: `a { b = 1 }`
    is_for: bool = False  # an object that is a `for` expression
    words: int = 0  # a body: names and labels in the head
    questions: int = 0  # an object's key: conditions that are open
    is_label: bool = False  # a quoted string
    at_line_start: bool = True  # a heredoc
    operators: int = 0
    steps: int = 0

    @property
    def is_template(self) -> bool:
        """Whether its text is literal."""
        return self.kind in ("quoted", "heredoc", "bare")

    @property
    def minds_newlines(self) -> bool:
        """Whether a newline ends something in it."""
        return self.kind == "body" or (self.kind == "object" and not self.is_for)
