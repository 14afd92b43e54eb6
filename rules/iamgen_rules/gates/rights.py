"""What makes a principal an administrator, with MFA or without: the policies, and the lines that tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import Ref
from iamgen_rules.account.proof import grants_of
from iamgen_rules.account.verdict import Class, judged_as
from iamgen_rules.gates.telling import chain
from iamgen_rules.policy.document import Statement
from iamgen_rules.rule import Line
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

ADMINISTRATORS: tuple[Class, ...] = ("full", "escalation", "assume")


def is_administrator(subject: Subject, ref: Ref) -> bool:
    """Whether it surely is one, gated or not."""
    return subject.judgements[ref].klass in ADMINISTRATORS


class Granting(NamedTuple):
    """A policy, and the first of its statements that makes somebody an administrator."""

    binding: Binding
    statement: Statement

    @property
    def place(self) -> Place:
        """Where the policy is attached; of an inline one, where the statement stands."""
        inline = self.binding.how == "inline"
        return self.binding.place_of(self.statement) if inline else self.binding.place


def granting(subject: Subject, ref: Ref) -> tuple[Granting, ...]:
    """The policies of its own, or of its groups, that make somebody an administrator; of those alike its own too.

    Trust policies are left out, and the policies of roles that it enters.
    """
    own = subject.judge.index.bindings(ref, NO_EDITS)
    found: dict[Binding, Statement] = {}
    for ground in grants_of(subject.way(ref)):
        binding = _its_own(own, ground.binding)
        if binding is not None:
            found.setdefault(binding, ground.cited.statement)
    return tuple(Granting(*one) for one in found.items())


def _its_own(own: tuple[Binding, ...], told: Binding) -> Binding | None:
    """The binding that says of this principal what another says of one that is alike."""
    same = [one for one in own if _what(one) == _what(told)]
    return next((one for one in same if one.holder == told.holder), same[0] if same else None)


def _what(binding: Binding) -> tuple[object, ...]:
    return binding.how, binding.holder.kind, binding.document


def grants(subject: Subject, ref: Ref) -> Iterator[Line]:
    """`alice → group admins (groups.tf:4) → AdministratorAccess (groups.tf:20)`, for each policy that does."""
    named, _ = judged_as(subject.judge.index, ref)
    yield from (chain(subject, named, one.binding) for one in granting(subject, ref))
