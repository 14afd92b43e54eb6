"""From what is known of everybody to the model: who has what, perhaps, or only what an exclusive owner leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iamgen_rules.account.building.building import Building
from iamgen_rules.account.building.draft import Draft
from iamgen_rules.account.building.facts import Fact, Relation
from iamgen_rules.account.building.names import Holder
from iamgen_rules.account.model import NONE, Attachment, Group, Inline, ManagedPolicy, Membership, Ref, Role, User
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.of_aws import by_arn
from iamgen_rules.source import Place


class Contested(NamedTuple):
    """Something that one resource says and another, an exclusive owner, takes away."""

    holder: Ref
    relation: Relation
    thing: str
    place: Place
    owner: Place


@dataclass
class _Has:
    attached: list[Attachment] = field(default_factory=list)
    inline: list[Inline] = field(default_factory=list)
    groups: list[Membership] = field(default_factory=list)


class Finish:
    """The parts of the account. `contested`: where exclusive owners disagree an Allow counts, a Deny does not."""

    def __init__(self, building: Building) -> None:
        """Settle every fact; contested memberships last, as they bring what their groups have."""
        self.building = building
        self.contested: list[Contested] = []
        self.has: dict[Holder, _Has] = defaultdict(_Has)
        self._open: set[str] = set()
        facts = list(building.facts.settled())
        for fact in (one for one in facts if one.said.relation != "group"):
            self._policy(fact)
        for fact in (one for one in facts if one.said.relation == "group"):
            self._membership(fact)

    def document(self, arn: str) -> Document:
        """What a managed policy says."""
        known = self.building.policies.get(arn)
        return known.document if known else by_arn(arn) or Document(missing=frozenset({arn}))

    def policies(self) -> tuple[ManagedPolicy, ...]:
        """Those that are declared, and AWS's own that are used."""
        used = {one.policy for has in self.has.values() for one in has.attached}
        used |= {one.boundary.policy for one in self.building.drafts.values() if one.boundary}
        found = dict(self.building.policies)
        for arn in sorted(used - found.keys()):
            if (document := by_arn(arn)) is not None:
                found[arn] = ManagedPolicy(arn, document, Place(arn), aws=True)
        return tuple(found.values())

    def users(self) -> tuple[User, ...]:
        """The users."""
        return tuple(self._user(holder, draft) for holder, draft in self._of("user"))

    def groups(self) -> tuple[Group, ...]:
        """The groups. What else one has that nobody declares is unknown; of one of which nothing is known, all."""
        return tuple(
            self._group(holder, draft)
            for holder, draft in self._of("group")
            if not draft.undeclared or self.has[holder].attached or self.has[holder].inline
        )

    def roles(self) -> tuple[Role, ...]:
        """The roles. One that nobody declares trusts nobody knows whom."""
        return tuple(self._role(holder, draft) for holder, draft in self._of("role"))

    def _of(self, kind: str) -> Iterator[tuple[Holder, Draft]]:
        return ((holder, draft) for holder, draft in self.building.drafts.items() if holder.kind == kind)

    def _user(self, holder: Holder, draft: Draft) -> User:
        has = self.has[holder]
        return User(
            draft.name,
            draft.path,
            draft.tags,
            tuple(has.attached),
            tuple(has.inline),
            draft.boundary,
            tuple(has.groups),
            draft.password,
            tuple(draft.access_keys),
            place=draft.place,
            address=draft.address,
            existence=draft.existence,
        )

    def _group(self, holder: Holder, draft: Draft) -> Group:
        has = self.has[holder]
        return Group(
            draft.name,
            draft.path,
            tuple(has.attached),
            tuple(has.inline),
            draft.exclusive and holder.key not in self._open,
            frozenset({f"group {draft.name}"}) if draft.undeclared else NONE,
            draft.place,
            draft.address,
            draft.existence,
        )

    def _role(self, holder: Holder, draft: Draft) -> Role:
        has = self.has[holder]
        trust = draft.trust or Document(missing=frozenset({f"the trust of role {draft.name}"}))
        return Role(
            draft.name,
            trust,
            draft.path,
            draft.tags,
            tuple(has.attached),
            tuple(has.inline),
            draft.boundary,
            place=draft.place,
            address=draft.address,
            existence=draft.existence,
            origin=draft.trust_origin,
        )

    def _policy(self, fact: Fact) -> None:
        said, has = fact.said, self.has[fact.said.holder]
        if fact.contested is not None:
            self._contest(fact)
        if said.relation == "inline":
            document = fact.document if fact.contested is None else _allows(fact.document)
            has.inline.append(Inline(said.thing, document, fact.place, fact.missing, fact.origin))
        elif fact.contested is None or not _denies(self.document(said.thing)):
            has.attached.append(Attachment(said.thing, fact.place, fact.missing))
        else:
            has.inline.append(self._allowed_part(said.thing, fact.place, fact.missing))

    def _membership(self, fact: Fact) -> None:
        group = Holder("group", fact.said.thing)
        has, of_group = self.has[fact.said.holder], self.has[group]
        if fact.missing or fact.contested is not None:
            self._open.add(group.key)
        if fact.contested is not None:
            self._contest(fact)
            documents = (*(self.document(one.policy) for one in of_group.attached), *_documents(of_group.inline))
            if any(map(_denies, documents)):
                has.inline += [self._allowed_part(one.policy, fact.place, one.missing) for one in of_group.attached]
                has.inline += [replace(one, document=_allows(one.document)) for one in of_group.inline]
                return
        has.groups.append(Membership(self.building.drafts[group].name, fact.place, fact.missing))

    def _allowed_part(self, arn: str, place: Place, missing: frozenset[str]) -> Inline:
        known = self.building.policies.get(arn)
        name = arn.rpartition("/")[2]
        return Inline(name, _allows(self.document(arn)), place, missing, known.origin if known else None)

    def _contest(self, fact: Fact) -> None:
        said = fact.said
        ref = Ref(said.holder.kind, self.building.drafts[said.holder].name)
        self.contested.append(Contested(ref, said.relation, said.thing, fact.place, fact.contested or fact.place))


def _denies(document: Document) -> bool:
    return bool(document.missing) or any(one.effect == "Deny" for one in document.statements)


def _allows(document: Document) -> Document:
    return replace(document, statements=tuple(one for one in document.statements if one.effect == "Allow"))


def _documents(inline: Iterable[Inline]) -> Iterator[Document]:
    return (one.document for one in inline)
