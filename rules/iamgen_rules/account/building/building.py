"""An account while it is built from resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from iamgen_rules.account.building.documents import Documents
from iamgen_rules.account.building.draft import Draft, declared
from iamgen_rules.account.building.facts import Fact, Facts, Owner, Relation, Said
from iamgen_rules.account.building.names import KINDS, Found, Holder, Names, name_of
from iamgen_rules.account.building.texts import argument, listed, one_of, place_of, shown, text
from iamgen_rules.account.model import NONE, Kind, ManagedPolicy
from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.errors import Problem
from iamgen_rules.policy.text import Text, missing_of
from iamgen_rules.source import Place


@dataclass
class Building:
    """What is known so far. `unplaced`: what is said of nobody who is declared, because who is meant is unknown.

    `attached` are the managed policies that an attachment names, and to which kind of principal, whoever that is.
    """

    names: Names
    documents: Documents
    facts: Facts = field(default_factory=Facts)
    drafts: dict[Holder, Draft] = field(default_factory=dict)
    policies: dict[str, ManagedPolicy] = field(default_factory=dict)
    unplaced: dict[Problem, None] = field(default_factory=dict)
    attached: dict[tuple[Kind, str], None] = field(default_factory=dict)

    def problem(self, place: Place, message: str) -> None:
        """Note that something is wrong."""
        self.documents.problems[Problem(place, message)] = None

    def declare(self, resource: Resource) -> Draft:
        """The draft of a user, group or role that a resource declares; the first of a name counts."""
        name = shown(name_of(resource))
        holder = Holder(KINDS[resource.type], name.lower())
        if holder not in self.drafts or self.drafts[holder].undeclared:
            self.drafts[holder] = declared(resource, name, self.names)
        return self.drafts[holder]

    def draft(self, holder: Holder, name: str, place: Place) -> Draft:
        """The draft of somebody; one whom nobody declares comes into being by being named."""
        if holder not in self.drafts:
            self.drafts[holder] = Draft(name, place=place, undeclared=True)
        return self.drafts[holder]

    def holders(self, resource: Resource, name: str, kind: Kind) -> list[tuple[Found, Place]]:
        """Those whom an argument names, one or several, each where it is said."""
        place = place_of(resource, name)
        given = listed(argument(resource, name))
        return [(found, place) for value in map(one_of, given) for found in self.meant(kind, value, place)]

    def meant(self, kind: Kind, value: Text, place: Place) -> Iterator[Found]:
        """Who is meant by a text."""
        found = list(self.names.holders(kind, value))
        if not found:
            self.unplaced[Problem(place, f"a {kind} that is not known: {shown(value)}")] = None
        for one in found:
            name = shown(self.names.resolved(value)).rpartition("/")[2]
            self.draft(one.holder, self.names.declared[kind].get(one.holder.key, name), place)
            yield one

    def unsure(self, kind: Kind, values: Iterable[Text]) -> frozenset[str]:
        """What is missing to know whom a list names."""
        missing: frozenset[str] = NONE
        for value in map(one_of, values):
            found = list(self.names.holders(kind, value))
            missing |= missing_of(self.names.resolved(value)) if not found else frozenset[str]()
            missing = missing.union(*(one.missing for one in found))
        return missing

    def attachable(self, kind: Kind, value: Text) -> str:
        """The ARN of a policy that an attachment names for a user, group or role; noted as such."""
        arn = self.names.policy(value)
        self.attached[kind, arn] = None
        return arn

    def say(self, relation: Relation, found: Found, thing: str, resource: Resource, place: Place) -> None:
        """Note a fact; what is missing for it where its holder is there."""
        missing = found.missing | self.given(resource, found.holder)
        self.facts.add(Fact(Said(relation, found.holder, thing), place, missing))

    def member(self, user: Found, group: Found, resource: Resource, place: Place) -> None:
        """Note a membership."""
        there = self.drafts[group.holder].existence.given(self.drafts[user.holder].existence)
        both = Found(user.holder, user.missing | group.missing | there)
        self.say("group", both, group.holder.key, resource, place)

    def given(self, resource: Resource, holder: Holder) -> frozenset[str]:
        """What is missing to know that a resource is there, where somebody of whom it speaks is."""
        return resource.existence.given(self.drafts[holder].existence)

    def inline(self, found: Found, name: str, policy: Plain, resource: Resource, place: Place) -> None:
        """Note an inline policy."""
        document, origin = self.documents.read(policy, resource.address, place)
        said = Said("inline", found.holder, name)
        missing = found.missing | self.given(resource, found.holder)
        self.facts.add(Fact(said, place, missing, document, origin))

    def own(
        self,
        relation: Relation,
        of: Holder | str,
        listed: Iterable[str | Holder],
        resource: Resource,
        missing: frozenset[str] = NONE,
    ) -> None:
        """Note an exclusive owner, of a holder's things or of a thing's holders."""
        holder, thing = (of, None) if isinstance(of, Holder) else (None, of)
        unsure = missing | (resource.missing if holder is None else self.given(resource, holder))
        self.facts.owners.append(Owner(relation, holder, thing, frozenset(listed), resource.place, unsure))

    def required(self, resource: Resource, name: str) -> Text | None:
        """An argument that Terraform requires; where it is not set a problem."""
        found = text(argument(resource, name))
        if found is None:
            self.problem(resource.place, f"{resource.address} has no {name}")
        return found
