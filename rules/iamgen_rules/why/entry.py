"""Which roles a session enters, through any number of others."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.doors import Door
from iamgen_rules.account.gains import doors, entered_as, opens
from iamgen_rules.account.index import NO_EDITS, Edits
from iamgen_rules.account.model import Ref
from iamgen_rules.account.session import Session
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.truth import NO, YES, Truth


def entered(asker: Asker, start: Session, edits: Edits) -> Mapping[Ref, Truth]:
    """The roles and how surely; what leads to no administrator is not followed. `edits` are of the start alone."""
    found: dict[Ref, Truth] = {}
    behind: dict[tuple[Door, Kind], Truth] = {}
    best: dict[Session, Truth] = {start: YES}
    todo = deque([start])
    while todo:
        session = todo.popleft()
        own = edits if session == start else NO_EDITS
        for door in doors(asker, session, own):
            tick()
            truth, key = best[session] & opens(asker, session, door, own), (door, entered_as(session))
            if truth.level > behind.get(key, NO).level:
                behind[key] = truth
                _enter(asker, key, truth, found, best, todo)
    found.pop(start.ref, None)
    return found


def _enter(
    asker: Asker,
    key: tuple[Door, Kind],
    truth: Truth,
    found: dict[Ref, Truth],
    best: dict[Session, Truth],
    todo: deque[Session],
) -> None:
    door, kind = key
    for role in door.roles:
        tick()
        ref = Ref("role", role.name)
        if truth.level > found.get(ref, NO).level:
            found[ref] = truth
        session = Session(ref, kind)
        if truth.level > best.get(session, NO).level and session not in asker.index.barren:
            best[session] = truth
            todo.append(session)
