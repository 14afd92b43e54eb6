"""A way to the goal, told to its end and without what it does not need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.facts import REWRITE
from iamgen_rules.account.hands import Calls, Move, World
from iamgen_rules.account.index import Edit, Edits, Index
from iamgen_rules.account.model import Ref
from iamgen_rules.account.reach import Aim, Enough, Search, perhaps, surely
from iamgen_rules.account.session import Session
from iamgen_rules.account.trace import Trace, traced

Moves = Sequence[Move]


def to_the_end(asker: Asker, trace: Trace) -> Trace:
    """The trace, and what follows on a role that was known to reach the goal."""
    last = trace.moves[-1] if trace.moves else None
    if last is None or last.then is None:
        return trace
    start = World(frozenset({last.then}), trace.worlds[-1].edits)
    certainties = (surely,) if trace.truth.is_yes else (surely, perhaps)
    aims = (Aim(enough, users=users) for users in (False, True) for enough in certainties)
    ways = (Search(asker, aim, known=False).run(start) for aim in aims)
    rest = next(way for way in ways if way is not None)
    entering = replace(last, ends=False, then=None)
    moves = (*trace.moves[:-1], entering, *rest.moves)
    return Trace(trace.truth & rest.truth, trace.start, moves, rest.calls, rest.end)


def shortest(asker: Asker, trace: Trace) -> Trace:
    """The trace with only the moves that its end depends on; its truth is theirs."""
    moves = _called_from(trace.moves, trace.calls)
    if not _holds(asker, moves, trace):
        moves = list(trace.moves)
    kept = _without(asker, moves, [move for move in moves if move.edits], trace)
    return traced(trace.start, kept, (trace.end, trace.calls))


def _without(asker: Asker, moves: Moves, spare: Moves, trace: Trace) -> Moves:
    """Leave out what can be left out of the spare moves: all of them, or each half by itself."""
    fewer = _called_from([move for move in moves if move not in spare], trace.calls)
    if not spare or _holds(asker, fewer, trace):
        return fewer
    if len(spare) == 1:
        return moves
    middle = len(spare) // 2
    for half in (spare[middle:], spare[:middle]):
        moves = _without(asker, moves, [move for move in half if move in moves], trace)
    return moves


def _called_from(moves: Moves, calls: Calls) -> list[Move]:
    """All edits, and the moves whose sessions make the calls, looked for from the end."""
    first: dict[Session, int] = {}
    for number, move in enumerate(moves):
        for session in move.holds:
            first.setdefault(session, number)
    sessions = {call.session for call in calls}
    kept: list[Move] = []
    for number, move in reversed(list(enumerate(moves))):
        brings = any(first[session] == number for session in sessions.intersection(move.holds))
        if move.ends or move.edits or brings:
            kept.append(move)
            sessions |= {call.session for call in move.calls} | set(move.needs)
    return kept[::-1]


def _holds(asker: Asker, moves: Moves, trace: Trace) -> bool:
    """Whether each call is still allowed, as surely, and has the effect that it had."""
    enough, world = surely if trace.truth.is_yes else perhaps, trace.start
    for move in moves:
        if not (_allowed(asker, world, move.calls, enough) and _works(asker.index, world, move)):
            return False
        world = move.after(world)
    return _allowed(asker, world, trace.calls, enough)


def _allowed(asker: Asker, world: World, calls: Calls, enough: Enough) -> bool:
    return all(call.session in world.held and enough(asker.allowed(call, world.edits)) for call in calls)


def _works(index: Index, world: World, move: Move) -> bool:
    """Whether what the move builds on is there: sessions, a membership, an attachment."""
    if not world.held.issuperset(move.needs):
        return False
    return all(_has_effect(index, edit, move.calls, world.edits) for edit in move.edits)


def _has_effect(index: Index, edit: Edit, calls: Calls, edits: Edits) -> bool:
    if edit.change == "leave":
        return edit.name in {name for name, _ in index.memberships(edit.holder.name, edits)}
    if edit.change != "grant":
        return True
    target = calls[-1].target
    bearing = index.bindings(edit.holder, edits)
    if calls[-1].action in REWRITE and target.declared:
        return target.resource in {one.name for one in bearing if one.how == "attached"}
    groups = [name for name, _ in index.memberships(edit.holder.name, edits)] if edit.holder.kind == "user" else []
    return target.holder is None or target.holder in (edit.holder, *(Ref("group", name) for name in groups))
