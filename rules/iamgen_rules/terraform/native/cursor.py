"""Where the lexer stands in a text, what is open there, and the tokens so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from iamgen_rules.terraform.native.frames import Frame
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError

MAX_DEPTH = 200


class Token(NamedTuple):
    """A token of python-hcl2's grammar; its text is what it means: escapes are gone.

    `places`: where each of several operators stands that are one token, `!!`.
    """

    type: str
    text: str
    start: int
    end: int
    places: tuple[int, ...] = ()


class Cursor:
    """A position in a text. `places` says where the characters stand in the file, if not at their own offset."""

    def __init__(self, text: str, start: int, end: int, places: Sequence[int] | None = None) -> None:
        """Stand at the start of the part that is to be read."""
        self.text = text
        self.at = start
        self.end = end
        self.places = places
        self.tokens: list[Token] = []
        self.frames: list[Frame] = []
        self.operand = False  # whether an operand has just ended
        self.depth = 0

    def place(self, at: int) -> int:
        """Where a character of the text stands in the file."""
        return at if self.places is None else self.places[at]

    def emit(self, type_: str, text: str, start: int, end: int | None = None) -> None:
        """Add a token, as long as its text unless its end is given."""
        end = start + len(text) if end is None else end
        if self.places is not None:
            start, end = self.places[start], self.places[end]
        self.tokens.append(Token(type_, text, start, end))

    def follows_dot(self) -> bool:
        """Whether the token before is a dot."""
        return bool(self.tokens) and self.tokens[-1].type == "DOT"

    def names_of_for(self) -> bool:
        """Whether a name of a `for` comes here, whatever the word."""
        types = [token.type for token in self.tokens[-3:]]
        return types[-1:] == ["FOR"] or types == ["FOR", "NAME", "COMMA"]

    def fault(self, message: str, start: int, end: int | None = None) -> HclSyntaxError:
        """What is wrong, at a place of the text; one character without an end."""
        end = min(start + 1 if end is None else end, len(self.text))
        return HclSyntaxError(message, Extent(self.place(start), self.place(end)))

    def push(self, frame: Frame) -> None:
        """Go into something."""
        self.frames.append(frame)
        self.operand = False
        self.deepen(frame.start)

    def pop(self) -> Frame:
        """Leave the innermost; what stands there is an operand then. Returns what it is inside of."""
        frame = self.frames.pop()
        self.depth -= 1 + frame.operators + frame.steps
        self.operand = True
        return self.frames[-1]

    def step(self, frame: Frame, at: int) -> None:
        """Count `.name`, `[index]`, `.*`."""
        if not self.operand:
            raise self.fault("a value is missing here", at)
        frame.steps += 1
        self.deepen(at)

    def operator(self, frame: Frame, at: int) -> None:
        """Count an operator; the steps before it lie beside what follows, not around it."""
        self.depth -= frame.steps
        frame.steps = 0
        frame.operators += 1
        self.deepen(at)

    def next_expression(self, frame: Frame) -> None:
        """Forget what was counted: what follows lies beside it."""
        self.depth -= frame.operators + frame.steps
        frame.operators = frame.steps = frame.questions = 0
        self.operand = False

    def deepen(self, at: int) -> None:
        """One level down. Raises HclSyntaxError where that is too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fault(f"this is nested more than {MAX_DEPTH} levels deep, which iamgen does not read", at)
