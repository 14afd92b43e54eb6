"""A copy of an account that can be changed, and the sessions that are held in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from iamgen_rules.account.model import ACCOUNT, Account, Group, Role, User
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.parse import parse

ALL = parse({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
EVERYBODY = parse(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    },
    "trust",
)
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
ALL_NUMBER, EVERYBODY_NUMBER = 0, 1


class Held(NamedTuple):
    """A session: of which kind, whose, and the name that a federated user was given."""

    kind: str
    name: str
    alias: str = ""

    @property
    def is_role(self) -> bool:
        return self.kind in ("role", "role-mfa")

    @property
    def owner(self) -> tuple[str, str]:
        return ("role" if self.is_role else "user", self.name)


class Party(NamedTuple):
    """A user, group or role. Documents are numbers; `tags_free`, `name_free`: the attacker may set them at will."""

    kind: str
    name: str
    path: str = "/"
    attached: frozenset[str] = frozenset()
    inline: frozenset[tuple[str, int]] = frozenset()
    boundary: str = ""
    groups: frozenset[str] = frozenset()
    trust: int = -1
    tags: tuple[tuple[str, str], ...] = ()
    password: bool = False
    tags_free: bool = False
    name_free: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return (self.kind, self.name)

    @property
    def arn(self) -> str:
        return arn(self.kind, self.name, self.path)


class State(NamedTuple):
    """The account as it is now. `free`: somebody with full rights, on whom no gate is, is the attacker's."""

    parties: tuple[Party, ...]
    policies: tuple[tuple[str, int], ...]
    held: frozenset[Held] = frozenset()
    free: bool = False

    def holding(self, *more: Held) -> State:
        return self._replace(held=self.held.union(more))

    def changed(self, party: Party, new: Party) -> State:
        return self._replace(parties=tuple(new if one is party else one for one in self.parties))

    def rewritten(self, policy: str) -> State:
        policies = tuple((one, ALL_NUMBER if one == policy else number) for one, number in self.policies)
        return self._replace(policies=policies)


class Documents:
    """Documents by number, so that copies are small."""

    def __init__(self) -> None:
        self.all: list[Document] = [ALL, EVERYBODY]
        self._numbers: dict[Document, int] = {ALL: ALL_NUMBER, EVERYBODY: EVERYBODY_NUMBER}

    def number(self, document: Document) -> int:
        if document not in self._numbers:
            self._numbers[document] = len(self.all)
            self.all.append(document)
        return self._numbers[document]

    def allows(self, number: int) -> bool:
        return any(one.effect == "Allow" for one in self.all[number].statements)

    def denies(self, number: int) -> bool:
        return any(one.effect == "Deny" for one in self.all[number].statements)


def copy(account: Account, documents: Documents) -> State:
    """An account in which everything is known; AWS's administrator policy is always there to be attached."""
    policies = {one.arn: documents.number(one.document) for one in account.policies}
    policies.setdefault(ADMIN, ALL_NUMBER)
    return State(tuple(_parties(account, documents)), tuple(sorted(policies.items())))


def _parties(account: Account, documents: Documents) -> Iterator[Party]:
    for user in account.users:
        groups = frozenset(one.group for one in user.groups)
        yield _party("user", user, documents)._replace(groups=groups, password=user.password)
    for group in account.groups:
        yield _party("group", group, documents)
    for role in account.roles:
        yield _party("role", role, documents)._replace(trust=documents.number(role.trust))


def _party(kind: str, holder: User | Group | Role, documents: Documents) -> Party:
    attached = frozenset(one.policy for one in holder.attached)
    inline = frozenset((one.name, documents.number(one.document)) for one in holder.inline)
    party = Party(kind, holder.name, holder.path, attached, inline)
    if isinstance(holder, Group):
        return party
    boundary = holder.boundary.policy if holder.boundary else ""
    return party._replace(boundary=boundary, tags=_tags(holder.tags))


def _tags(tags: object) -> tuple[tuple[str, str], ...]:
    assert isinstance(tags, Mapping)
    return tuple(sorted((key.lower(), str(value)) for key, value in tags.items()))


def arn(kind: str, name: str, path: str = "/") -> str:
    return f"arn:aws:iam::{ACCOUNT}:{kind}{path}{name}"


def is_aws(policy: str) -> bool:
    return policy.startswith("arn:aws:iam::aws:")
