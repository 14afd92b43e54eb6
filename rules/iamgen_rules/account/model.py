"""An account as data: who there is, which policies bind whom, and where each fact stands.

Whatever may be unknown carries `missing`: the names of the values that would decide it. An ARN's account is
`ACCOUNT` wherever it is the account that is judged; whoever builds the model writes it so. `origin` leads from a part
of a policy to where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from iamgen_rules.policy.document import Document
from iamgen_rules.policy.identity import Tags
from iamgen_rules.source import NOWHERE, Origin, Place

ACCOUNT = "000000000000"
NONE: frozenset[str] = frozenset()
Kind = Literal["user", "group", "role"]


class Ref(NamedTuple):
    """Which user, group or role."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        """`user alice`."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether something is there: where all its `conditions` are met. `missing` would decide it."""

    conditions: frozenset[str] = NONE
    missing: frozenset[str] = NONE

    def given(self, *others: Existence) -> frozenset[str]:
        """What is missing to know that it is there, where others are."""
        met = NONE.union(*(other.conditions for other in others))
        return NONE if self.conditions <= met else self.missing


SURE = Existence()


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A managed policy. AWS's own cannot be rewritten."""

    arn: str
    document: Document
    place: Place = NOWHERE
    aws: bool = False
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Inline:
    """A policy inside its user, group or role."""

    name: str
    document: Document
    place: Place = NOWHERE
    missing: frozenset[str] = NONE
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A managed policy on a principal, or as its boundary; with `missing`, perhaps."""

    policy: str
    place: Place = NOWHERE
    missing: frozenset[str] = NONE


@dataclass(frozen=True, slots=True)
class Membership:
    """A user's membership in a group; with `missing`, perhaps."""

    group: str
    place: Place = NOWHERE
    missing: frozenset[str] = NONE


@dataclass(frozen=True, slots=True)
class User:
    """A user. Anybody may have a password and access keys; `password` says that one is declared.

    `access_keys` are those that are declared and whose secret is in Terraform's state. Whatever is said of it holds
    where it is there: `existence` says whether.
    """

    name: str
    path: str = "/"
    tags: Tags = field(default_factory=dict)
    attached: tuple[Attachment, ...] = ()
    inline: tuple[Inline, ...] = ()
    boundary: Attachment | None = None
    groups: tuple[Membership, ...] = ()
    password: bool = False
    access_keys: tuple[Place, ...] = ()
    missing: frozenset[str] = NONE
    place: Place = NOWHERE
    address: str = ""
    existence: Existence = SURE


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `exclusive`: its members are all declared and known."""

    name: str
    path: str = "/"
    attached: tuple[Attachment, ...] = ()
    inline: tuple[Inline, ...] = ()
    exclusive: bool = False
    missing: frozenset[str] = NONE
    place: Place = NOWHERE
    address: str = ""
    existence: Existence = SURE


@dataclass(frozen=True, slots=True)
class Role:
    """A role, with its trust policy."""

    name: str
    trust: Document
    path: str = "/"
    tags: Tags = field(default_factory=dict)
    attached: tuple[Attachment, ...] = ()
    inline: tuple[Inline, ...] = ()
    boundary: Attachment | None = None
    missing: frozenset[str] = NONE
    place: Place = NOWHERE
    address: str = ""
    existence: Existence = SURE
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Compute:
    """Something declared that runs with a role: its ARN (`arn:aws:lambda:…:function:x`) and the role's name."""

    arn: str
    role: str
    place: Place = NOWHERE
    address: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """All that is declared. Names are unique in each kind; `policies` are the managed ones."""

    users: tuple[User, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    policies: tuple[ManagedPolicy, ...] = ()
    compute: tuple[Compute, ...] = ()
    partition: str = "aws"

    def arn(self, kind: str, name: str, path: str = "/") -> str:
        """The ARN of an IAM resource of this account."""
        return f"arn:{self.partition}:iam::{ACCOUNT}:{kind}{path}{name}"
