"""The attacker at one moment: the sessions held and the edits made; what they may do together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.index import NO_EDITS, Change, Edit, Edits, Index
from iamgen_rules.account.model import Ref
from iamgen_rules.account.named import last_name
from iamgen_rules.account.session import Session
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.truth import NO, YES, Truth, all_of

Calls = tuple[Call, ...]
May = tuple[Truth, Calls]
NEVER: May = (NO, ())
OPPOSITES: Mapping[Change, Change] = {"join": "leave", "leave": "join"}
OF_BOUNDARIES = ("bound", "unbound")


@dataclass(frozen=True, slots=True)
class World:
    """What the attacker holds and has changed."""

    held: frozenset[Session]
    edits: Edits = NO_EDITS


@dataclass(frozen=True, slots=True)
class Move:
    """Something that the attacker can do: the calls, and the sessions or edits that they bring.

    `needs` are sessions without which it is worth nothing, besides those that call.
    `ends`: it makes a principal with full rights, on which no gate is; or enters a role, `then`, that is known to
    reach the goal by itself.
    """

    what: str
    truth: Truth
    calls: Calls
    holds: tuple[Session, ...] = ()
    edits: tuple[Edit, ...] = ()
    ends: bool = False
    then: Session | None = None
    needs: tuple[Session, ...] = ()

    def new(self, held: Container[Session], edits: Container[Edit]) -> bool:
        """Whether it adds something."""
        return self.ends or not (all(one in held for one in self.holds) and all(one in edits for one in self.edits))

    def after(self, world: World) -> World:
        """The world with it."""
        edits = set(world.edits)
        change(edits, self.edits)
        return World(world.held.union(self.holds), frozenset(edits))


def change(edits: set[Edit], more: Iterable[Edit]) -> None:
    """Add edits to those made so far, and take away what they undo."""
    for edit in more:
        edits.difference_update([*_undone(edit, edits)])
        edits.add(edit)


def _undone(edit: Edit, edits: set[Edit]) -> Iterator[Edit]:
    """Who joins a group has not left it, and who leaves it has not joined; a boundary takes another's place."""
    if edit.change in OPPOSITES:
        yield edit._replace(change=OPPOSITES[edit.change])
    elif edit.change in OF_BOUNDARIES:
        yield from (one for one in edits if one.holder == edit.holder and one.change in OF_BOUNDARIES)


def where_all_are_there(index: Index, world: World, move: Move) -> Move:
    """The move, as sure as those are there whom it brings, where all are there whose sessions are held."""
    groups = {Ref("group", edit.name) for edit in move.edits if edit.change == "join"}
    held = {one.ref for one in world.held}
    truth = all_of(index.there(ref, *held) for ref in sorted(groups.union(one.ref for one in move.holds)))
    return move if move.truth.is_no or truth.is_yes else replace(move, truth=move.truth & truth)


class Hands:
    """All that is held, asked as one."""

    def __init__(self, asker: Asker, world: World) -> None:
        """Ask in a fixed order."""
        self.asker, self.world = asker, world
        self.sessions = tuple(sorted(world.held))
        self._allowing: dict[frozenset[str], list[Session]] = defaultdict(list)
        for session in self.sessions:
            tick()
            self._allowing[asker.index.allowed(session.ref, world.edits)].append(session)
        self._able: dict[str, tuple[Session, ...]] = {}
        self._by_name: dict[str, Mapping[str | None, list[Session]]] = {}

    @property
    def potent(self) -> bool:
        """Whether any session can do more than enter roles."""
        return any(self._allowing)

    def alone(self, session: Session) -> Hands:
        """One session by itself."""
        return Hands(self.asker, World(frozenset({session}), self.world.edits))

    def ever(self, *actions: str) -> bool:
        """Whether each of the calls may be made on anything at all."""
        return all(self.able(action) for action in actions)

    def able(self, action: str) -> tuple[Session, ...]:
        """The sessions that may make the call on anything at all."""
        if action not in self._able:
            allowing = sorted(one for actions, some in self._allowing.items() if action in actions for one in some)
            able = (one for one in allowing if self.asker.ever(one, action, self.world.edits))
            self._able[action] = tuple(able)
        return self._able[action]

    def able_on(self, action: str, resource: str) -> tuple[Session, ...]:
        """Those of them whose policies do not confine it to others by name."""
        if action not in self._by_name:
            by_name: dict[str | None, list[Session]] = defaultdict(list)
            for session in self.able(action):
                tick()
                names = self.asker.named(session, action, self.world.edits)
                for name in (None,) if names is None else names:
                    by_name[name].append(session)
            self._by_name[action] = by_name
        found = self._by_name[action]
        return (*found.get(None, ()), *found.get(last_name(resource), ()))

    def may(self, action: str, targets: Iterable[Target], *, but: Ref | None = None) -> May:
        """Whether one of the sessions may make the call on one of the targets; `but` whose are not asked."""
        best = NEVER
        for target in targets if self.able(action) else ():
            for session in self.able_on(action, target.resource):
                if session.ref == but:
                    continue
                call = Call(session, action, target)
                truth = self.asker.allowed(call, self.world.edits)
                if truth.is_yes:
                    return truth, (call,)
                if truth.level > best[0].level:
                    best = (truth, (call,))
        return best


def either(options: Iterable[May]) -> May:
    """The best of several ways; stops at one that is sure."""
    best = NEVER
    for option in options:
        if option[0].is_yes:
            return option
        if option[0].level > best[0].level:
            best = option
    return best


def together(parts: Iterable[May]) -> May:
    """All of them; stops at one that is impossible."""
    truth = YES
    calls: Calls = ()
    for part, made in parts:
        if part.is_no:
            return NEVER
        truth, calls = truth & part, calls + made
    return truth, calls
