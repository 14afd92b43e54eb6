"""A policy in force for somebody, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from iamgen_rules.account.model import NONE, Ref, Role
from iamgen_rules.policy.document import VERSION_2012, Document, Selection, Statement
from iamgen_rules.source import Origin, Place, Step

How = Literal["attached", "inline", "boundary", "trust", "grant", "unknown"]
EVERYTHING = Document(
    (Statement(0, "Allow", Selection(("*",)), Selection(("*",)), sid="AllowEverything"),), VERSION_2012
)


@dataclass(frozen=True, slots=True)
class Binding:
    """A policy in force for somebody: who holds it (a user, one of its groups, a role), how, and where it says so.

    `place` is of the attachment, or of the inline policy itself; `policy` is where the managed policy stands.
    With `missing` it is in force perhaps. `origin` leads to the parts of what was written, whatever was edited since.
    """

    holder: Ref
    how: How
    name: str
    document: Document
    place: Place
    policy: Place
    missing: frozenset[str] = NONE
    origin: Origin | None = field(default=None, compare=False)

    def place_of(self, statement: Statement, *path: Step) -> Place:
        """Where a statement of it stands, or a part of it: `"Condition", "Bool"`; else where the policy does."""
        if self.origin is None:
            return self.policy
        return self.origin.place(("Statement", statement.index, *path))

    @property
    def label(self) -> str:
        """The policy by a name that a person knows: its own, or what it is of whom."""
        if self.how in ("attached", "boundary"):
            return self.name
        return (
            f"the trust of {self.holder}"
            if self.how == "trust"
            else f"{self.name or 'unknown policies'} of {self.holder}"
        )

    @property
    def effective(self) -> Document:
        """Its document, as a boundary where it is one."""
        return as_boundary(self) if self.how == "boundary" else self.document

    @property
    def doubts(self) -> frozenset[str]:
        """What is missing to know whether it is in force, and what it says as a whole."""
        return self.missing | self.document.missing


def allows_everything(document: Document) -> bool:
    """Whether it allows everything and denies nothing."""
    allows = [one for one in document.statements if one.effect == "Allow" and not (one.conditions or one.missing)]
    free = EVERYTHING.statements[0]
    return len(allows) == len(document.statements) and any(
        (one.actions, one.resources) == (free.actions, free.resources) for one in allows
    )


def trust_of(role: Role) -> Binding:
    """A role's trust policy."""
    return Binding(Ref("role", role.name), "trust", "", role.trust, role.place, role.place, origin=role.origin)


def maybe(document: Document, missing: frozenset[str]) -> Document:
    """A document that is in force perhaps."""
    if not missing:
        return document
    statements = tuple(replace(one, missing=one.missing | missing) for one in document.statements)
    return replace(document, statements=statements, missing=document.missing and document.missing | missing)


def as_boundary(binding: Binding) -> Document:
    """A boundary's document; one that is there perhaps denies perhaps, and perhaps leaves everything allowed."""
    if not binding.missing:
        return binding.document
    document, (free,) = binding.document, EVERYTHING.statements
    denies = maybe(document, binding.missing).statements
    statements = (one if one.effect == "Allow" else deny for one, deny in zip(document.statements, denies, strict=True))
    open_ = replace(free, index=len(document.statements), missing=binding.missing)
    return replace(document, statements=(*statements, open_))
