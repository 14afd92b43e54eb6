"""The Deny statements by MFA of an account: on whom each stands, or that it stands on nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import ManagedPolicy, Ref
from iamgen_rules.gates.statements import is_gate
from iamgen_rules.policy.document import Statement
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

NOBODY = Ref("group", "")


class Gate(NamedTuple):
    """A Deny by MFA, and what puts it in force for its holder, or would."""

    binding: Binding
    statement: Statement

    @property
    def place(self) -> Place:
        """Where the statement stands."""
        return self.binding.place_of(self.statement)

    @property
    def about(self) -> str:
        """What it is called, wherever it stands: `aws_iam_policy.gate DenyWithoutMFA`."""
        return f"{self.binding.policy.address or self.binding.label} {self.statement.name}"


def standing(subject: Subject) -> Iterator[Gate]:
    """Each gate on each user, group or role that has it itself, attached, inline or in its boundary."""
    for ref in subject.judgements:
        for binding in subject.judge.index.bindings(ref, NO_EDITS):
            if binding.holder == ref:
                yield from _gates(binding)


def loose(subject: Subject) -> Iterator[Gate]:
    """Each gate of a declared policy that nobody has, as far as is known."""
    held = {gate.binding.name for gate in standing(subject) if gate.binding.how in ("attached", "boundary")}
    for policy in subject.account.policies:
        if policy.arn not in held and not policy.aws:
            yield from _gates(_on_nobody(policy))


def _on_nobody(policy: ManagedPolicy) -> Binding:
    return Binding(NOBODY, "attached", policy.arn, policy.document, policy.place, policy.place, origin=policy.origin)


def _gates(binding: Binding) -> Iterator[Gate]:
    yield from (Gate(binding, one) for one in binding.document.statements if is_gate(one))
