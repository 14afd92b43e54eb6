"""A verdict's proof as data: the calls in order, what allows each, why no Deny applies, and what was changed before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.binding import Binding, trust_of
from iamgen_rules.account.calls import Call
from iamgen_rules.account.cuts import carries
from iamgen_rules.account.index import NO_EDITS, Edit, Edits
from iamgen_rules.account.model import Ref
from iamgen_rules.account.session import Session
from iamgen_rules.account.shortest import shortest, to_the_end
from iamgen_rules.account.trace import Trace
from iamgen_rules.account.verdict import Judge
from iamgen_rules.policy.ask import Reached
from iamgen_rules.policy.decision import Cited, Policy, cite
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.truth import Truth

GOAL, POWER = "full rights", "power without MFA"
FORWARDED = "have CloudFormation make calls"


@dataclass(frozen=True, slots=True)
class Ground:
    """A statement, whether it applies, why not, and the binding that puts it in force."""

    binding: Binding
    cited: Cited


@dataclass(frozen=True, slots=True)
class Step:
    """One call: what it is for, the request that is allowed, by which statements, and every Deny that does not apply.

    `before` is what had been changed; `brings` are the sessions and `edits` the changes that follow, which stand at
    the last of the calls that they need together. `doubts` are the bindings of which something is missing.
    """

    what: str
    session: Session
    action: str
    resource: Text
    request: Request
    allowed: Truth
    allows: tuple[Ground, ...]
    denies: tuple[Ground, ...]
    doubts: tuple[Binding, ...]
    before: Edits
    brings: tuple[Session, ...] = ()
    edits: tuple[Edit, ...] = ()


def proof(judge: Judge, trace: Trace) -> tuple[Step, ...]:
    """The steps of a trace, to its end, without any that it does not need."""
    return tuple(_steps(judge.asker, shortest(judge.asker, to_the_end(judge.asker, trace))))


def _steps(asker: Asker, trace: Trace) -> Iterator[Step]:
    through: set[tuple[Session, Edits]] = set()
    for move, world in zip(trace.moves, trace.worlds, strict=False):
        for call in move.calls:
            yield from _forwarding(asker, call, world.edits, through)
            found = step(asker, move.what, call, world.edits)
            yield replace(found, brings=move.holds, edits=move.edits) if call is move.calls[-1] else found
    edits = trace.worlds[-1].edits
    for call in trace.calls:
        yield from _forwarding(asker, call, edits, through)
        yield step(asker, GOAL if len(trace.calls) > 1 else POWER, call, edits)


def step(asker: Asker, what: str, call: Call, before: Edits) -> Step:
    """One call, explained."""
    bindings = asker.index.bindings(call.session.ref, before)
    role = call.target.holder if call.target.entered else None
    bearing = bindings if role is None else (*bindings, trust_of(asker.index.roles[role.name]))
    return _explained(what, call.session, asker.reached(call, before), before, bearing)


def _forwarding(asker: Asker, call: Call, edits: Edits, through: set[tuple[Session, Edits]]) -> Iterator[Step]:
    """The calls that let CloudFormation make this one, told once."""
    key = (call.session, edits)
    for reached in asker.reached(call, edits).by if key not in through else ():
        through.add(key)
        bearing = asker.index.bindings(call.session.ref, edits)
        yield _explained(FORWARDED, call.session, reached, edits, bearing)


def _explained(what: str, session: Session, reached: Reached, before: Edits, bearing: tuple[Binding, ...]) -> Step:
    request = reached.request
    grounds = [Ground(one, cited) for one in bearing for cited in cite(request, Policy(one.label, one.effective))]
    return Step(
        what,
        session,
        request.action,
        request.resource,
        request,
        reached.allowed,
        tuple(one for one in grounds if one.cited.statement.effect == "Allow" and not one.cited.applies.is_no),
        tuple(one for one in grounds if one.cited.statement.effect == "Deny"),
        tuple(one for one in bearing if one.doubts),
        before,
    )


def carriers_of(judge: Judge, ref: Ref) -> tuple[Binding, ...]:
    """What denies or bounds a principal, in the order of its policies."""
    return tuple(binding for binding in judge.index.bindings(ref, NO_EDITS) if carries(binding))


def grants_of(steps: tuple[Step, ...]) -> tuple[Ground, ...]:
    """The statements that make somebody an administrator: all that allow a step, each once."""
    found: list[Ground] = []
    for one in steps:
        found += [ground for ground in one.allows if not _told(ground, found)]
    return tuple(found)


def _told(ground: Ground, found: list[Ground]) -> bool:
    return any(one.binding == ground.binding and one.cited.statement == ground.cited.statement for one in found)
