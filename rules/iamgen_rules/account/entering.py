"""Who of those that are declared may enter a role by their own rights, with MFA or without."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.calls import Call
from iamgen_rules.account.doors import Door
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.gains import labels
from iamgen_rules.account.hands import Hands, World
from iamgen_rules.account.index import NO_EDITS, Edits
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.account.session import OF_USER, Session
from iamgen_rules.account.targets import to_enter
from iamgen_rules.account.verdict import Judge, judged_as
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import NO, Truth, any_of


class Entering:
    """Asks about users, groups and roles, each of them once for each role."""

    def __init__(self, judge: Judge) -> None:
        """Nothing is asked yet."""
        self._judge = judge
        self._labelled: dict[tuple[Ref, tuple[Kind, ...]], list[tuple[Edits, Truth]]] = {}
        self._enterable: dict[tuple[Ref, Edits], frozenset[Door]] = {}

    def may(self, ref: Ref, role: Role, kinds: tuple[Kind, ...] = OF_USER) -> Truth:
        """Whether a user, or a group's fresh member, may enter from a session of these kinds.

        Its tags, name and path are what it may make of them itself.
        """
        user, edits = judged_as(self._judge.index, ref)
        there = self._judge.index.there(user, Ref("role", role.name))
        may = self._may(user, role, kinds, edits)
        return may if may.is_no else may & there

    def _may(self, user: Ref, role: Role, kinds: tuple[Kind, ...], edits: Edits) -> Truth:
        direct = any_of(self._asked(Session(user, kind), role, edits) for kind in reversed(kinds))
        if direct.is_yes:
            return direct
        labelled = (
            truth & self._asked(Session(user, kind), role, edits | more)
            for more, truth in self._labels(user, kinds)
            for kind in reversed(kinds)
        )
        return direct | any_of(labelled)

    def _labels(self, user: Ref, kinds: tuple[Kind, ...]) -> list[tuple[Edits, Truth]]:
        """What the user may make free of its own tags, name and path, one after the other."""
        key = (user, kinds)
        if key not in self._labelled:
            own = self._own_labels(user, kinds, NO_EDITS)
            both = (
                (one | more, truth & then) for one, truth in own for more, then in self._own_labels(user, kinds, one)
            )
            self._labelled[key] = [*own, *both]
        return self._labelled[key]

    def _own_labels(self, user: Ref, kinds: tuple[Kind, ...], edits: Edits) -> list[tuple[Edits, Truth]]:
        hands = Hands(self._judge.asker, World(frozenset(Session(user, kind) for kind in kinds), edits))
        own = (move for move in labels(hands) if not move.truth.is_no and move.edits[0].holder == user)
        return [(frozenset(move.edits), move.truth) for move in own]

    def _asked(self, session: Session, role: Role, edits: Edits) -> Truth:
        asker = self._judge.asker
        if not asker.ever(session, ASSUME, edits) or not self._conceivable(session.ref, role, edits):
            return NO
        return asker.allowed(Call(session, ASSUME, to_enter(asker.index, role.name)), edits)

    def _conceivable(self, user: Ref, role: Role, edits: Edits) -> bool:
        index, key = self._judge.index, (user, edits)
        if key not in self._enterable:
            self._enterable[key] = frozenset(index.enterable(user, edits))
        return index.doors.of[role.name] in self._enterable[key]

    def roles_into(self, door: Door) -> Iterator[tuple[str, bool]]:
        """Declared roles that may enter, and whether without MFA."""
        callers = self._judge.index.callers
        without = {ref.name for ref in callers.get((door, Kind.ROLE), ())}
        yield from ((name, True) for name in sorted(without))
        yield from ((ref.name, False) for ref in callers.get((door, Kind.ROLE_MFA), ()) if ref.name not in without)
