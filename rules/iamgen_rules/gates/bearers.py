"""On whom each policy is, and whether something else closes what its gate leaves open."""

from __future__ import annotations

from collections.abc import Hashable

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import Ref
from iamgen_rules.account.session import WITHOUT_MFA
from iamgen_rules.gates.cover import covers
from iamgen_rules.gates.faults import Fault, met
from iamgen_rules.gates.statements import mfa_conditions
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.session import Kind
from iamgen_rules.subject import Subject


class Bearers:
    """The users, groups and roles on whom each policy is, groups' members too."""

    def __init__(self, subject: Subject) -> None:
        """Reads what binds everybody."""
        self._subject = subject
        self._of: dict[Hashable, list[Ref]] = {}
        for ref in subject.judgements:
            for binding in subject.judge.index.bindings(ref, NO_EDITS):
                self._of.setdefault(policy_key(binding), []).append(ref)

    def of(self, binding: Binding) -> tuple[Ref, ...]:
        """Those on whom a policy is."""
        return tuple(self._of.get(policy_key(binding), ()))

    def only_roles(self, binding: Binding) -> bool:
        """Whether it is on roles alone, whose sessions do not speak of MFA; a trust is about who enters."""
        found = self.of(binding)
        return binding.how != "trust" and bool(found) and all(ref.kind == "role" for ref in found)

    def closed(self, binding: Binding, statement: Statement, found: Fault) -> bool:
        """Whether for all users and groups on whom it is another gate closes what it leaves open."""
        return self._everywhere_closed(binding, statement, found.open)

    def covered(self, binding: Binding, statement: Statement) -> bool:
        """The same of a gate that is narrowed: another covers it in every session without MFA."""
        return self._everywhere_closed(binding, statement, WITHOUT_MFA)

    def _everywhere_closed(self, binding: Binding, statement: Statement, kinds: tuple[Kind, ...]) -> bool:
        refs = [ref for ref in self.of(binding) if ref.kind != "role"]
        return bool(refs) and all(self._closed(ref, statement, kinds) for ref in refs)

    def _closed(self, ref: Ref, statement: Statement, kinds: tuple[Kind, ...]) -> bool:
        if self._subject.judgements[ref].verdict == "gated":
            return True
        if statement.effect != "Deny":
            return False
        return all(
            any(
                covers(other, statement) and bool(mfa_conditions(other)) and met(other, binding.document)[kind].is_yes
                for binding in self._subject.judge.index.bindings(ref, NO_EDITS)
                for other in binding.document.statements
                if other != statement
            )
            for kind in kinds
        )


def policy_key(binding: Binding) -> Hashable:
    """Which policy, whoever has it."""
    if binding.how in ("attached", "boundary"):
        return binding.name
    return (binding.how, binding.holder, binding.name)
