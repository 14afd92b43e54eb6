"""What is said of whom, and which resources say that nothing else is: exclusive owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from iamgen_rules.account.building.names import Holder
from iamgen_rules.account.model import NONE
from iamgen_rules.policy.document import Document
from iamgen_rules.source import Origin, Place

NOTHING = Document()
Relation = Literal["attached", "inline", "group"]


class Said(NamedTuple):
    """That somebody has something: a policy by its ARN, an inline policy by its name, a group by its key."""

    relation: Relation
    holder: Holder
    thing: str


@dataclass(frozen=True, slots=True)
class Fact:
    """It, and where it is said; perhaps, with `missing`. `document` and `origin` are an inline policy's.

    `contested`: an exclusive owner says that it is not so, and takes it away when it is applied.
    """

    said: Said
    place: Place
    missing: frozenset[str] = NONE
    document: Document = NOTHING
    origin: Origin | None = None
    contested: Place | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """A resource that owns all of a relation: of a holder, or of a thing whoever has it (with `holder` None).

    What is not `listed` is not so; with `missing` the list is not wholly known.
    """

    relation: Relation
    holder: Holder | None
    thing: str | None
    listed: frozenset[str | Holder]
    place: Place
    missing: frozenset[str] = NONE

    def denies(self, said: Said) -> bool:
        """Whether it owns this, and does not list it."""
        if said.relation != self.relation:
            return False
        if self.holder is not None:
            return said.holder == self.holder and said.thing not in self.listed
        return said.thing == self.thing and said.holder not in self.listed


@dataclass
class Facts:
    """All facts of an account, each once."""

    found: dict[Said, Fact] = field(default_factory=dict)
    owners: list[Owner] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        """Note a fact; one that is sure counts before one that is not."""
        known = self.found.get(fact.said)
        if known is None or (known.missing and not fact.missing):
            self.found[fact.said] = fact

    def settled(self) -> Iterator[Fact]:
        """The facts, those that an exclusive owner takes away contested, or not sure where its list is not."""
        by_holder: dict[tuple[Relation, Holder | str | None], list[Owner]] = {}
        for owner in self.owners:
            by_holder.setdefault((owner.relation, owner.holder or owner.thing), []).append(owner)
        for said, fact in self.found.items():
            owners = (
                *by_holder.get((said.relation, said.holder), ()),
                *by_holder.get((said.relation, said.thing), ()),
            )
            yield _settled(fact, (owner for owner in owners if owner.denies(said)))


def _settled(fact: Fact, denying: Iterable[Owner]) -> Fact:
    for owner in denying:
        if owner.missing:
            fact = replace(fact, missing=fact.missing | owner.missing)
        else:
            fact = replace(fact, contested=fact.contested or owner.place)
    return fact
