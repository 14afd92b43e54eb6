"""Whether some sequence of steps ends in full rights."""

from __future__ import annotations

from account.oracle.requests import Book, View
from account.oracle.rights import full, power
from account.oracle.steps import Aim, steps
from account.oracle.world import State

MOST_STATES = 100
WITHOUT_MFA = ("access-key", "no-mfa", "federated")


class TooManyError(Exception):
    """More states than the oracle has patience for."""


class Search:
    """The states from which the goal was looked for, of one account."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._found: dict[object, bool] = {}

    def reaches(self, start: State, aim: Aim, bare: str | None = None) -> bool:
        """`bare`: this user's power without MFA is a goal, too."""
        key = (start, aim, bare)
        if key not in self._found:
            self._found[key] = self._reaches(start, aim, bare)
        return self._found[key]

    def _reaches(self, start: State, aim: Aim, bare: str | None) -> bool:
        todo, seen = [start], set[State]()
        while todo:
            state = todo.pop()
            if state in seen:
                continue
            seen.add(state)
            if len(seen) > MOST_STATES:
                raise TooManyError
            view = View(self.book, state)
            if state.free or _goal(view, bare):
                return True
            todo += steps(view, aim)
        return False


def _goal(view: View, bare: str | None) -> bool:
    own = [who for who in view.state.held if who.kind in WITHOUT_MFA and who.name == bare]
    return any(full(view, who) for who in view.state.held) or any(power(view, who) for who in own)
