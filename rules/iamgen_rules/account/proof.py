"""A verdict's proof as data: the calls in order, what allows each, why no Deny applies, and what was changed before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call
from iamgen_rules.account.cuts import carries
from iamgen_rules.account.hands import Move, World
from iamgen_rules.account.index import NO_EDITS, Binding, Edit, Edits
from iamgen_rules.account.model import Ref
from iamgen_rules.account.reach import Trace
from iamgen_rules.account.session import Session
from iamgen_rules.account.verdict import Judge, Judgement
from iamgen_rules.policy.decision import Cited
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.truth import Truth


@dataclass(frozen=True, slots=True)
class Step:
    """One call: what it is for, the request that is allowed, by which statements, and every Deny that does not apply.

    `brings` are the sessions and `edits` the changes that follow from it; `before` what had been changed.
    """

    what: str
    session: Session
    action: str
    resource: str
    request: Request
    allowed: Truth
    allows: tuple[Cited, ...]
    denies: tuple[Cited, ...]
    brings: tuple[Session, ...]
    edits: tuple[Edit, ...]
    before: Edits


def proof(judge: Judge, trace: Trace, ways: Mapping[Ref, Judgement]) -> tuple[Step, ...]:
    """The steps of a trace that matter; `ways` has the roles' own judgements, for the rest of a way through them."""
    return tuple(_steps(judge, trace, ways, frozenset()))


def _steps(judge: Judge, trace: Trace, ways: Mapping[Ref, Judgement], seen: frozenset[Ref]) -> Iterator[Step]:
    needed = _needed(trace)
    for move, world in zip(trace.moves, trace.worlds, strict=False):
        if move in needed:
            yield from (step(judge.asker, call, world.edits, move) for call in move.calls)
    last = trace.moves[-1].then if trace.moves else None
    if last is not None and last.ref in ways and last.ref not in seen:
        rest = ways[last.ref].way
        if rest is not None:
            yield from _steps(judge, rest, ways, seen | {last.ref})
    final = trace.worlds[-1] if trace.worlds else World(frozenset())
    yield from (step(judge.asker, call, final.edits, None) for call in trace.calls)


def step(asker: Asker, call: Call, edits: Edits, move: Move | None) -> Step:
    """One call, explained."""
    answer = asker.reached(call, edits)
    why = asker.explain(call, answer.request, edits)
    return Step(
        move.what if move is not None else "full rights",
        call.session,
        call.action,
        call.target.resource,
        answer.request,
        answer.allowed,
        why.allows,
        why.denies,
        move.holds if move is not None else (),
        move.edits if move is not None else (),
        edits,
    )


def _needed(trace: Trace) -> list[Move]:
    """The moves on which the end depends, looked for from the end: sessions that call, and edits on their holders."""
    sessions = {call.session for call in trace.calls}
    kept: list[Move] = []
    for move in reversed(trace.moves):
        if move.ends or sessions.intersection(move.holds) or _touches(move, sessions):
            kept.append(move)
            sessions |= {call.session for call in move.calls}
    return kept


def _touches(move: Move, sessions: set[Session]) -> bool:
    refs = {session.ref for session in sessions}
    return any(edit.change == "rewrite" or edit.holder in refs or edit.holder.kind == "group" for edit in move.edits)


def carriers_of(judge: Judge, ref: Ref) -> tuple[Binding, ...]:
    """What denies or bounds a principal, in the order of its policies."""
    return tuple(binding for binding in judge.index.bindings(ref, NO_EDITS) if carries(binding))


def grants_of(steps: tuple[Step, ...]) -> tuple[Cited, ...]:
    """The statements that make somebody an administrator: all that allow a step, each once."""
    found: list[Cited] = []
    for one in steps:
        found += [cited for cited in one.allows if cited not in found]
    return tuple(found)
