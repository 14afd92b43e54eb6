"""What binds whom, at once and after edits; every look-up that is asked for more than once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from iamgen_rules.account.alike import Alike, some
from iamgen_rules.account.apart import Apart
from iamgen_rules.account.binding import EVERYTHING, Binding, How, allows_everything, maybe
from iamgen_rules.account.doors import Door, Doors
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.mentioned import Mentioned
from iamgen_rules.account.model import NONE, Account, Attachment, Group, Inline, ManagedPolicy, Ref, Role, User
from iamgen_rules.account.narrow import Narrowed
from iamgen_rules.account.trust import saml_providers, trusted_types
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.truth import YES, Truth, unknown

Change = Literal["grant", "join", "leave", "detach", "delete", "unbound", "bound", "rewrite", "tag", "rename"]


class Edit(NamedTuple):
    """A change that the attacker has made: to whom, and the policy's or group's name."""

    change: Change
    holder: Ref
    name: str = ""


Edits = frozenset[Edit]
NO_EDITS: Edits = frozenset()


class Index:
    """Look-ups over one account."""

    def __init__(self, account: Account) -> None:
        """Read the account once."""
        self.account = account
        self.users = {user.name: user for user in account.users}
        self.groups = {group.name: group for group in account.groups}
        self.roles = {role.name: role for role in account.roles}
        self.policies = {policy.arn: policy for policy in account.policies}
        self.narrowed = Narrowed(compute=bool(account.compute))
        self.reaching: dict[tuple[tuple[Ref, Kind], bool, bool], Truth] = {}
        self.barren: set[tuple[Ref, Kind]] = set()
        self.callers: dict[tuple[Door, Kind], list[Ref]] = {}
        self.trusted_services: dict[tuple[str, str], Truth] = {}
        self.bindings = lru_cache(maxsize=200_000)(self._bindings)
        self.allowed = lru_cache(maxsize=200_000)(self._allowed)

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        inline = (one.document for holder in self._holders() for one in holder.inline)
        return (
            *(one.document for one in self.policies.values()),
            *inline,
            *(role.trust for role in self.roles.values()),
        )

    def _holders(self) -> Iterator[User | Group | Role]:
        yield from self.users.values()
        yield from self.groups.values()
        yield from self.roles.values()

    @cached_property
    def mentioned(self) -> Mentioned:
        """What the policies speak of."""
        return Mentioned(self._documents)

    @cached_property
    def administrator_policies(self) -> tuple[str, ...]:
        """AdministratorAccess, then others that are worth attaching where that one must not be."""
        first = f"arn:{self.account.partition}:iam::aws:policy/AdministratorAccess"
        others = self.policies.values() if self.mentioned.attached else ()
        return (first, *sorted({one.arn for one in others if allows_everything(one.document)} - {first}))

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """The names of each kind that are taken, in lower case."""
        account = self.account
        return {
            "user": frozenset(one.name.lower() for one in account.users),
            "group": frozenset(one.name.lower() for one in account.groups),
            "role": frozenset(one.name.lower() for one in account.roles),
            "policy": frozenset(one.arn.rpartition("/")[2].lower() for one in account.policies),
        }

    @cached_property
    def trusts(self) -> Mapping[str, Apart]:
        """What each role's trust tells of calls; one for all roles whose trust is the same."""
        found: dict[Document, Apart] = {}
        for role in self.roles.values():
            if role.trust not in found:
                found[role.trust] = Apart(Policies(trust=Policy("", role.trust)))
        return {name: found[role.trust] for name, role in self.roles.items()}

    @cached_property
    def service_roles(self) -> tuple[Role, ...]:
        """Roles that a service may assume."""
        return tuple(role for role in self.distinct_roles if "Service" in trusted_types(role.trust))

    def enterable(self, ref: Ref, edits: Edits) -> tuple[Door, ...]:
        """Roles that somebody may conceivably enter; who may call itself as it likes, all that trust anybody."""
        if Edit("rename", ref) in edits:
            return self.doors.all
        documents = (one.document for one in self.bindings(ref, edits) if one.how != "boundary")
        return self.doors.open_to(ref, self.arn(ref), documents)

    @cached_property
    def doors(self) -> Doors:
        """The roles, as those who enter them tell them apart."""
        bearing = (self.narrowed.to(document, ASSUME) for document in self._documents)
        apart = Apart(Policies(tuple(Policy("", document) for document in bearing if document is not None)))
        told: list[tuple[str, Role, Hashable]] = []
        for name, role in self.roles.items():
            arn, trust = self.arn(Ref("role", name)), self.trusts[name]
            seen = name if apart.wholly or trust.wholly else (trust, apart.seen(arn))
            told.append((arn, role, (seen, role.existence)))
        return Doors(told, self.distinct_roles)

    @cached_property
    def alike(self) -> Alike:
        """What tells principals apart."""
        return Alike(self.account, self._documents, self.narrowed)

    @cached_property
    def distinct_users(self) -> tuple[User, ...]:
        """A few users of each kind."""
        return some(self.account.users, (self.alike.user(one) for one in self.account.users))

    @cached_property
    def distinct_groups(self) -> tuple[Group, ...]:
        """A few groups of each kind."""
        return some(self.account.groups, (self.alike.group(one) for one in self.account.groups))

    @cached_property
    def distinct_roles(self) -> tuple[Role, ...]:
        """A few roles of each kind."""
        return some(self.account.roles, (self.alike.role(one) for one in self.account.roles))

    def _allowed(self, ref: Ref, edits: Edits) -> frozenset[str]:
        """The actions of use, entering roles aside, that somebody's policies allow on something."""
        rights = (one.document for one in self.bindings(ref, edits) if one.how != "boundary")
        return frozenset[str]().union(*(self.narrowed.allowed(one) for one in rights))

    @cached_property
    def saml(self) -> tuple[tuple[Role, Text], ...]:
        """Roles and the SAML providers that they trust."""
        return tuple((role, provider) for role in self.distinct_roles for provider in saml_providers(role.trust))

    def get(self, ref: Ref) -> User | Group | Role:
        """The user, group or role."""
        if ref.kind == "user":
            return self.users[ref.name]
        return self.groups[ref.name] if ref.kind == "group" else self.roles[ref.name]

    def there(self, ref: Ref, *others: Ref) -> Truth:
        """Whether somebody is there, where others are."""
        missing = self.get(ref).existence.given(*(self.get(one).existence for one in others))
        return unknown(*missing) if missing else YES

    def arn(self, ref: Ref) -> str:
        """Its ARN."""
        return self.account.arn(ref.kind, ref.name, self.get(ref).path)

    def policy(self, arn: str) -> ManagedPolicy:
        """A managed policy; one that nobody declares is unknown, by its ARN."""
        return self.policies.get(arn) or ManagedPolicy(arn, Document(missing=frozenset({arn})))

    def memberships(self, user: str, edits: Edits) -> Iterator[tuple[str, frozenset[str]]]:
        """The groups of a user after the edits, and what is missing to be sure."""
        ref = Ref("user", user)
        joined = sorted(edit.name for edit in edits if edit.change == "join" and edit.holder == ref)
        for membership in self.users[user].groups:
            left = Edit("leave", ref, membership.group) in edits
            if membership.group in self.groups and membership.group not in joined and not left:
                yield membership.group, membership.missing
        yield from ((name, NONE) for name in joined)

    def bounded_by(self, ref: Ref, edits: Edits) -> Attachment | None:
        """Which policy is the boundary; groups have none."""
        holder = self.get(ref)
        if isinstance(holder, Group) or holder.boundary is None or Edit("unbound", ref) in edits:
            return None
        others = (edit.name for edit in sorted(edits) if edit.change == "bound" and edit.holder == ref)
        return next((Attachment(other, holder.place) for other in others), holder.boundary)

    def boundary(self, ref: Ref, edits: Edits) -> Attachment | None:
        """The boundary in force: one that allows everything is none."""
        found = self.bounded_by(ref, edits)
        return None if found is None or rewritten(found.policy) in edits else found

    def _bindings(self, ref: Ref, edits: Edits) -> tuple[Binding, ...]:
        found = list(self._own(ref, edits, NONE))
        if ref.kind == "user":
            for group, missing in self.memberships(ref.name, edits):
                found += self._own(Ref("group", group), edits, missing)
            found += self._of_undeclared_groups(self.users[ref.name])
        boundary = self.boundary(ref, edits)
        if boundary is not None:
            found.append(self._of(ref, "boundary", boundary, edits))
        return tuple(found)

    def _of_undeclared_groups(self, user: User) -> Iterator[Binding]:
        """What groups have that nobody declares is unknown, and nobody can leave them here."""
        for place, group in ((one.place, one.group) for one in user.groups if one.group not in self.groups):
            missing = frozenset({self.account.arn("group", group)})
            yield Binding(Ref("user", user.name), "unknown", "", Document(missing=missing), place, place)

    def _own(self, ref: Ref, edits: Edits, missing: frozenset[str]) -> Iterator[Binding]:
        """What the holder itself has, not its groups; no boundary."""
        holder = self.get(ref)
        for attachment in holder.attached:
            if Edit("detach", ref, attachment.policy) not in edits:
                yield self._of(ref, "attached", replace(attachment, missing=attachment.missing | missing), edits)
        for inline in holder.inline:
            if Edit("delete", ref, inline.name) not in edits:
                yield _inline(ref, inline, missing)
        if holder.missing:
            yield Binding(ref, "unknown", "", Document(missing=holder.missing), holder.place, holder.place)
        if Edit("grant", ref) in edits:
            granted = maybe(EVERYTHING, missing)
            yield Binding(ref, "grant", "the attacker's own policy", granted, holder.place, holder.place)

    def _of(self, ref: Ref, how: How, attachment: Attachment, edits: Edits) -> Binding:
        changed = rewritten(attachment.policy) in edits
        policy, missing = self.policy(attachment.policy), attachment.missing
        document = EVERYTHING if changed else policy.document
        perhaps = document if how == "boundary" else maybe(document, missing)
        origin = None if changed else policy.origin
        return Binding(ref, how, attachment.policy, perhaps, attachment.place, policy.place, missing, origin)


def rewritten(arn: str) -> Edit:
    """The edit that makes a managed policy allow everything."""
    return Edit("rewrite", Ref("user", ""), arn)


def _inline(ref: Ref, inline: Inline, missing: frozenset[str]) -> Binding:
    unsure = inline.missing | missing
    document = maybe(inline.document, unsure)
    return Binding(ref, "inline", inline.name, document, inline.place, inline.place, unsure, inline.origin)
