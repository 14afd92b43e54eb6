"""A way to the goal that one principal has, told of another that is alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.hands import Move, World
from iamgen_rules.account.index import Edit, Index
from iamgen_rules.account.model import Ref
from iamgen_rules.account.session import Session
from iamgen_rules.account.trace import Trace
from iamgen_rules.account.verdict import judged_as


def likewise(index: Index, trace: Trace, one: Ref, other: Ref) -> Trace:
    """The trace with the other in place of the one; of groups, with their fresh members."""
    instead = {one: other, judged_as(index, one)[0]: judged_as(index, other)[0]}
    return _Told(index, instead).trace(trace)


@dataclass(frozen=True, slots=True)
class _Told:
    index: Index
    instead: dict[Ref, Ref]

    def trace(self, trace: Trace) -> Trace:
        start = World(frozenset(map(self._session, trace.start.held)), frozenset(map(self._edit, trace.start.edits)))
        moves, calls = tuple(map(self._move, trace.moves)), tuple(map(self._call, trace.calls))
        return replace(trace, start=start, moves=moves, calls=calls)

    def _ref(self, ref: Ref) -> Ref:
        return self.instead.get(ref, ref)

    def _session(self, session: Session) -> Session:
        return Session(self._ref(session.ref), session.kind)

    def _edit(self, edit: Edit) -> Edit:
        group = Ref("group", edit.name)
        name = self._ref(group).name if edit.change in ("join", "leave") else edit.name
        return Edit(edit.change, self._ref(edit.holder), name)

    def _target(self, target: Target) -> Target:
        holder = target.holder
        if holder is None or holder not in self.instead:
            return target
        own = target.resource == self.index.arn(holder)
        resource = self.index.arn(self._ref(holder)) if own else target.resource
        return replace(target, resource=resource, holder=self._ref(holder))

    def _call(self, call: Call) -> Call:
        return Call(self._session(call.session), call.action, self._target(call.target))

    def _move(self, move: Move) -> Move:
        what = move.what
        for one, other in self.instead.items():
            what = what.replace(str(one), str(other))
        return replace(
            move,
            what=what,
            calls=tuple(map(self._call, move.calls)),
            holds=tuple(map(self._session, move.holds)),
            edits=tuple(map(self._edit, move.edits)),
            then=None if move.then is None else self._session(move.then),
            needs=tuple(map(self._session, move.needs)),
        )
