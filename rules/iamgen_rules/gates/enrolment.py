"""Which gates keep somebody from enrolling the first MFA device.

Sources: "Assign MFA devices in the AWS CLI or AWS API" (IAM User Guide); "Actions, resources, and condition keys for
AWS Identity and Access Management" (Service Authorization Reference).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from iamgen_rules.account.binding import EVERYTHING
from iamgen_rules.account.facts import CREATE_DEVICE, ENABLE_DEVICE
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import ACCOUNT, Ref
from iamgen_rules.account.session import identity
from iamgen_rules.gates.effects import Beside, allowing
from iamgen_rules.gates.standing import Gate, loose, standing
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Identity
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.subject import Subject

_ALL = Policies((Policy("everything", EVERYTHING),))


class Denied(NamedTuple):
    """A gate, what of the two calls it denies in the console without MFA, and to whom; nobody of a policy on nobody."""

    gate: Gate
    actions: tuple[str, ...]
    refs: tuple[Ref, ...]


def denied(subject: Subject) -> Iterator[Denied]:
    """Gates that deny what would be allowed without them, to users or a group without members, or on nobody."""
    asked = _Asked(subject)
    for gate in standing(subject):
        if gate.binding.holder.kind != "role":
            yield from asked.on(gate)
    anybody = asked.anybody("a-new-user")
    for gate in loose(subject):
        if actions := _of(anybody, gate):
            yield Denied(gate, actions, ())


@dataclass
class _Asked:
    subject: Subject
    known: dict[tuple[Ref, Ref, str, int], tuple[str, ...]] = field(default_factory=dict)

    def on(self, gate: Gate) -> Iterator[Denied]:
        """For each group of people to whom it denies the same."""
        holder = gate.binding.holder
        members = (holder,) if holder.kind == "user" else self.subject.members.get(holder.name, ())
        found: dict[tuple[str, ...], list[Ref]] = {}
        for ref in members:
            found.setdefault(self._user(ref, gate), []).append(ref)
        if not members:
            found[_of(self.anybody(f"a-new-member-of-{holder.name}"), gate)] = [holder]
        yield from (Denied(gate, actions, tuple(refs)) for actions, refs in found.items() if actions)

    def _user(self, ref: Ref, gate: Gate) -> tuple[str, ...]:
        first = self.subject.judgements[ref].like or ref
        key = (first, gate.binding.holder, gate.binding.name, gate.statement.index)
        if key not in self.known:
            index = self.subject.judge.index
            allows = allowing(index.bindings(ref, NO_EDITS))
            self.known[key] = _of(self._beside(identity(index, ref, NO_EDITS), allows), gate)
        return self.known[key]

    def anybody(self, name: str) -> Beside:
        """Somebody new, whose rights come from elsewhere."""
        partition = self.subject.account.partition
        return self._beside(Identity("user", name, ACCOUNT, partition=partition, free_tags=True), _ALL)

    def _beside(self, who: Identity, allows: Policies) -> Beside:
        return Beside(Session(who, Kind.NO_MFA), allows, self.subject.now)


def _of(who: Beside, gate: Gate) -> tuple[str, ...]:
    own = who.session.identity
    devices = f"arn:{own.partition}:iam::{own.account}:mfa/*"
    calls = ((CREATE_DEVICE, devices), (ENABLE_DEVICE, str(own.arn)))
    taken = (action for action, on in calls if who.may(action, on).is_yes and who.may(action, on, gate).is_no)
    return tuple(taken)
