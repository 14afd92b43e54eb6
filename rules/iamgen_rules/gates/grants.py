"""What gives rights where no gate is: which attachment or inline statement, to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.proof import GOAL
from iamgen_rules.gates.causes import Cause, Open
from iamgen_rules.gates.naming import policy_name
from iamgen_rules.gates.open import administrators, everybody, reason
from iamgen_rules.rule import Consequence, Fix, Severity, Violation
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

_FIX = "attach a policy that denies everything without MFA, or move the rights to a role whose trust asks for it"


@dataclass(frozen=True, slots=True)
class Grant:
    """A statement in force for a user or a group, and whom it leaves open."""

    cause: Cause
    opened: tuple[Open, ...]

    @property
    def policy(self) -> str:
        """Its policy, in words that fit whoever else has one at the same place."""
        binding = self.cause.binding
        if binding.how != "inline":
            return policy_name(binding)
        return "an inline policy" if binding.name.startswith("${") else binding.name

    @property
    def place(self) -> Place:
        """Where it is put in force: where the policy is attached; of an inline one, the statement."""
        return self.cause.place if self.cause.binding.how in ("inline", "trust") else self.cause.binding.place

    def violation(self, subject: Subject, message: str, severity: Severity, consequence: Consequence) -> Violation:
        """That it leaves them open."""
        holder = self.cause.binding.holder
        return Violation(
            self.place,
            message,
            severity,
            everybody(subject, self.opened),
            reason(subject, self.opened),
            Fix(_FIX, self.place),
            consequence,
            about=f"{self.place.address or holder} {self.policy}",
            group=subject.who(holder) if holder.kind == "group" else None,
        )


def of_all_rights(subject: Subject, kind: Literal["user", "group"]) -> Iterator[Grant]:
    """The grants of full rights to users, or to groups; a group's members are with it."""
    opened = (one for one in administrators(subject, "grant") if _is_all_rights(one))
    yield from grants(one for one in opened if one.cause.binding.holder.kind == kind)


def of_escalations(subject: Subject) -> Iterator[Grant]:
    """The grants of some rights that lead to all."""
    yield from grants(one for one in administrators(subject, "grant") if not _is_all_rights(one))


def _is_all_rights(one: Open) -> bool:
    return one.judgement.klass == "full" and one.cause.step is not None and one.cause.step.what == GOAL


def grants(opened: Iterable[Open]) -> Iterator[Grant]:
    """Open principals by the grant that leaves them open: first those whom it is given to, then members."""
    found: dict[tuple[Binding, int], list[Open]] = {}
    for one in opened:
        found.setdefault((one.cause.binding, one.cause.statement.index), []).append(one)
    for some in found.values():
        holder = some[0].cause.binding.holder.kind
        ordered = sorted(some, key=lambda one: (one.ref.kind != holder, one.judgement.like is not None))
        yield Grant(some[0].cause, tuple(ordered))
