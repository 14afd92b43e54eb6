"""The attacker at one moment: the sessions held and the edits made; what they may do together."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.index import NO_EDITS, Edit, Edits
from iamgen_rules.account.model import Ref
from iamgen_rules.account.session import Session
from iamgen_rules.policy.truth import NO, YES, Truth

Calls = tuple[Call, ...]
May = tuple[Truth, Calls]
NEVER: May = (NO, ())


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
        return World(world.held.union(self.holds), world.edits.union(self.edits))


@dataclass(frozen=True)
class Hands:
    """All that is held, asked as one."""

    asker: Asker
    world: World
    sessions: tuple[Session, ...] = field(init=False)
    potent: tuple[Session, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Ask in a fixed order."""
        object.__setattr__(self, "sessions", tuple(sorted(self.world.held)))
        index, edits = self.asker.index, self.world.edits
        object.__setattr__(self, "potent", tuple(one for one in self.sessions if index.potent(one.ref, edits)))

    def alone(self, session: Session) -> Hands:
        """One session by itself."""
        return Hands(self.asker, World(frozenset({session}), self.world.edits))

    def ever(self, *actions: str) -> bool:
        """Whether each of the calls may be made on anything at all."""
        return all(any(self.asker.ever(one, action, self.world.edits) for one in self.potent) for action in actions)

    def may(self, action: str, targets: Iterable[Target], *, but: Ref | None = None) -> May:
        """Whether one of the sessions may make the call on one of the targets; `but` whose are not asked."""
        best = NEVER
        asked = self.sessions if action == ASSUME else self.potent
        sessions = [one for one in asked if one.ref != but and self.asker.ever(one, action, self.world.edits)]
        if not sessions:
            return NEVER
        for target in targets:
            for session in sessions:
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
