"""What gives somebody all rights where no gate is: which attachment or inline statement, to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iamgen_rules.account.binding import Binding
from iamgen_rules.gates.causes import Cause, Open
from iamgen_rules.gates.open import administrators, everybody, reason
from iamgen_rules.gates.telling import policy_name
from iamgen_rules.rule import ACT, Fix, Violation
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

_FIX = "attach a policy that denies everything without MFA, or move the rights to a role whose trust asks for it"


@dataclass(frozen=True, slots=True)
class Grant:
    """A policy in force for a user or a group, and whom it makes an administrator without MFA."""

    cause: Cause
    opened: tuple[Open, ...]

    @property
    def policy(self) -> str:
        """Its name."""
        return policy_name(self.cause.binding)

    @property
    def place(self) -> Place:
        """Where it is put in force."""
        return grant_place(self.cause)

    def violation(self, subject: Subject, message: str) -> Violation:
        """That it leaves them open."""
        return Violation(
            self.place,
            message,
            "critical",
            everybody(subject, self.opened),
            reason(subject, self.opened),
            Fix(_FIX, self.place),
            ACT,
            about=f"{self.place.address or self.cause.binding.holder} {self.policy}",
        )


def grant_place(cause: Cause) -> Place:
    """Where a policy is attached; of an inline one, the statement."""
    return cause.place if cause.binding.how in ("inline", "trust") else cause.binding.place


def grants(subject: Subject, kind: Literal["user", "group"]) -> Iterator[Grant]:
    """The grants of full rights to users, or to groups."""
    found: dict[tuple[Binding, int], list[Open]] = {}
    for one in administrators(subject, "grant"):
        binding = one.cause.binding
        if one.judgement.klass == "full" and binding.holder.kind == kind and one.ref.kind != "role":
            found.setdefault((binding, one.cause.statement.index), []).append(one)
    for opened in found.values():
        ordered = sorted(opened, key=lambda one: (one.ref.kind != kind, one.judgement.like is not None))
        yield Grant(opened[0].cause, tuple(ordered))
