"""Why each open principal is open: the first gate on its way that fails, and how; or what lets it act, ungated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from iamgen_rules.account.binding import Binding, trust_of
from iamgen_rules.account.entries import Entry
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.account.proof import Ground, Step
from iamgen_rules.account.verdict import Judgement
from iamgen_rules.gates.faults import fault
from iamgen_rules.gates.statements import is_blanket, is_gate, mfa_conditions
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.keys import AGE, PRESENT
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

How = Literal["condition", "narrowed", "exempted", "partial", "grant", "trust", "foreign"]
_WORST_FIRST: tuple[How, ...] = ("condition", "narrowed", "exempted", "partial")
_AT_ONCE: tuple[How, ...] = ("condition", "narrowed")


@dataclass(frozen=True, slots=True)
class Cause:
    """A statement that leaves somebody open, the binding that puts it in force, and the call that shows it.

    `how`: its MFA `condition` fails; something else in it has it `narrowed`; the call is `exempted` from it; it is
    `partial`, about some actions only. Where no gate is: a `grant`; a `trust` that lets own users in without MFA, or
    `foreign` ones. `step` is None where it is a trust's statement itself that shows it.
    """

    how: How
    binding: Binding
    statement: Statement
    step: Step | None = None

    @property
    def place(self) -> Place:
        """Where the statement stands."""
        return self.binding.place_of(self.statement)


class Open(NamedTuple):
    """An open principal, its judgement, and the cause."""

    ref: Ref
    judgement: Judgement
    cause: Cause


def causes(subject: Subject) -> tuple[Open, ...]:
    """All who act without MFA as administrators or, if they are none, with power; in the order of the model.

    Groups whose members are all known and gated are left out.
    """
    if subject not in _FOUND:
        _FOUND[subject] = tuple(_Finder(subject).found().values())
    return _FOUND[subject]


_FOUND: WeakKeyDictionary[Subject, tuple[Open, ...]] = WeakKeyDictionary()


class _Finder:
    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._known: dict[Ref, Cause | None] = {}

    def found(self) -> Mapping[Ref, Open]:
        judged = self._subject.judgements.items()
        named = ((ref, judgement, self._cause(ref)) for ref, judgement in judged if not judgement.members_gated)
        return {ref: Open(ref, judgement, cause) for ref, judgement, cause in named if cause is not None}

    def _cause(self, ref: Ref) -> Cause | None:
        """Of a role that another leads into after that one's: as long as the way may be, one after the other."""
        waiting: list[Ref] = []
        while ref not in self._known:
            self._known[ref] = None  # roles may lead into each other
            waiting.append(ref)
            ref = self._subject.judgements[ref].by or ref
        for one in reversed(waiting):
            self._known[one] = self._of_role(one) if one.kind == "role" else self._of_user(one)
        return self._known[waiting[0] if waiting else ref]

    def _of_user(self, ref: Ref) -> Cause | None:
        judgement = self._subject.judgements[ref]
        if judgement.like is not None:
            first = self._cause(judgement.like)
            return None if first is None else replace(first, binding=self._own(first.binding, ref, judgement.like))
        surely = judgement.open is not None and judgement.open.truth.is_yes
        if judgement.verdict in ("not-admin", "gated") and surely:
            return _of_power(self._subject, self._subject.steps(ref))
        return cause_of(self._subject, self._subject.steps(ref)) if judgement.verdict == "ungated" else None

    def _own(self, binding: Binding, ref: Ref, like: Ref) -> Binding:
        """The binding of somebody alike."""
        index = self._subject.judge.index
        if binding not in index.bindings(like, NO_EDITS):
            return binding
        same = [one for one in index.bindings(ref, NO_EDITS) if _same(one, binding)]
        return next((one for one in same if one.holder == binding.holder), same[0] if same else binding)

    def _of_role(self, ref: Ref) -> Cause | None:
        judgement, role = self._subject.judgements[ref], self._subject.principal(ref)
        sure = [entry for entry in judgement.entries if entry.open.is_yes]
        if judgement.verdict != "ungated" or not isinstance(role, Role) or not sure:
            return None
        entry = next((one for one in sure if one.foreign), sure[0])
        own = Cause("foreign" if entry.foreign else "trust", trust_of(role), entry.statement)
        if fault(entry.statement, role.trust) is not None:
            return replace(own, how="condition")
        led = self._known.get(judgement.by) if judgement.by is not None and not entry.foreign else None
        enters = ref.name in self._entered
        return led if led is not None and not enters and _leads(led, judgement.by, sure) else own

    @cached_property
    def _entered(self) -> frozenset[str]:
        """The roles into which users come by the trust alone; users are looked at before roles."""
        found = (one for ref, one in self._known.items() if ref.kind != "role" and one is not None)
        return frozenset(one.binding.holder.name for one in found if one.how == "trust")


def _leads(led: Cause, by: Ref | None, entries: list[Entry]) -> bool:
    """Whether what leaves open who enters is the cause for the role as well: a gate, or the trust of another role."""
    if by is not None and by.kind == "role":
        return all(entry.role for entry in entries)
    return led.how in _AT_ONCE


def _same(one: Binding, other: Binding) -> bool:
    return (one.how, one.holder.kind, one.document) == (other.how, other.holder.kind, other.document)


def cause_of(subject: Subject, steps: tuple[Step, ...]) -> Cause | None:
    """What opens the way that a proof tells. Of gates only the own: whom one may take over is a right of one's own."""
    gates = [found for step in steps if step.session.ref == steps[0].session.ref for found in _failing(step)]
    firm = [one for one in gates if one.how != "partial"]
    if firm:
        first = firm[0].step
        return min((one for one in firm if one.step is first), key=lambda one: _WORST_FIRST.index(one.how))
    entered = _entered_only(subject, steps)
    if entered is not None:
        return entered
    return gates[0] if gates else _granted(steps)


def _of_power(subject: Subject, steps: tuple[Step, ...]) -> Cause | None:
    """The same of who is no administrator: gates of some actions are not meant for all."""
    found = cause_of(subject, steps)
    return found if found is None or found.how in _AT_ONCE else _granted(steps)


def _failing(step: Step) -> list[Cause]:
    """The gates on a user's call that fail to stop it."""
    if not step.session.without_mfa or step.session.ref.kind != "user":
        return []
    denies = [one for one in step.denies if is_gate(one.cited.statement) and one.cited.applies.is_no]
    found = [Cause(_how(one), one.binding, one.cited.statement, step) for one in denies]
    return found + [Cause("condition", one.binding, one.cited.statement, step) for one in _met_without_mfa(step)]


def _how(ground: Ground) -> How:
    """Which part of a Deny does not fit; its MFA conditions first."""
    statement, part = ground.cited.statement, ground.cited.because
    if part is None or part.what in ("Resource", "Principal"):
        return "narrowed"
    if part.what == "Action":
        return "exempted" if is_blanket(statement) else "partial"
    of_mfa = part.condition is not None and part.condition.key in (PRESENT, AGE)
    return "condition" if of_mfa else "narrowed"


def _met_without_mfa(step: Step) -> list[Ground]:
    """Where each Allow of a side (the own policies, the boundary, the trust) asks for MFA, and is met without: them."""
    found: list[Ground] = []
    for side in (("attached", "inline"), ("boundary",), ("trust",)):
        allows = [one for one in step.allows if one.binding.how in side and one.cited.applies.is_yes]
        if all(mfa_conditions(one.cited.statement) for one in allows):
            found += allows
    return found


def _entered_only(subject: Subject, steps: tuple[Step, ...]) -> Cause | None:
    """The trust of the last role that is entered, where entering roles is all that is needed."""
    entering = [one for one in steps if one.action == ASSUME and one.brings]
    own = [one for one in steps if one.session.ref.kind == "user"]
    if not entering or any(one.action != ASSUME for one in own):
        return None
    trusts = [(one, ground) for one in entering for ground in one.allows if ground.binding.how == "trust"]
    if not trusts:
        return None
    step, ground = trusts[0]
    judged = subject.judgements[ground.binding.holder]
    foreign = any(one.foreign and one.open.is_yes and one.statement == ground.cited.statement for one in judged.entries)
    return Cause("foreign" if foreign else "trust", ground.binding, ground.cited.statement, step)


def _granted(steps: tuple[Step, ...]) -> Cause | None:
    """The first statement that allows something on the way."""
    grounds = [(one, step) for step in steps for one in step.allows if one.binding.how not in ("boundary", "grant")]
    own = [ground for ground in grounds if ground[0].binding.how != "trust"]
    return next((Cause("grant", one.binding, one.cited.statement, step) for one, step in own or grounds), None)
