"""Who makes a call, and what the call is: the facts that a session's condition keys come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from iamgen_rules.policy.decision import Policy
from iamgen_rules.policy.request import Caller, Held
from iamgen_rules.policy.text import Text, Unknown, text_of

Tags = Mapping[str, Text] | Unknown


@dataclass(frozen=True, slots=True)
class Identity:
    """A user or a role. A fresh member of a group, of whom nothing is known, is `a_member`.

    `free_tags`: it may tag or untag itself; `free_name`: it may give itself another name and path, but no name
    that is `taken` (in lower case).
    """

    kind: Literal["user", "role"]
    name: Text
    account: str
    path: str = "/"
    partition: str = "aws"
    tags: Tags = field(default_factory=dict)
    free_tags: bool = False
    free_name: bool = False
    taken: frozenset[str] = frozenset()

    @property
    def arn(self) -> Text:
        """Its ARN."""
        return text_of(f"arn:{self.partition}:iam::{self.account}:{self.kind}{self.path}", self.name)

    @property
    def caller(self) -> Caller:
        """Whom a trust policy sees. One that gave itself a new name is still the one that it was."""
        if self.kind == "user":
            return Caller("AWS", self.account, (self.arn,))
        session = text_of(f"arn:{self.partition}:sts::{self.account}:assumed-role/", self.name, "/session")
        return Caller("AWS", self.account, (self.arn, session), is_role=True)


def a_member(account: str, partition: str = "aws", name: str = "a-new-member") -> Identity:
    """A user whom somebody may yet put into a group: any name, any tags."""
    return Identity("user", name, account, partition=partition, free_tags=True, free_name=True)


@dataclass(frozen=True, slots=True)
class Target:
    """What a call is made on.

    `tags` are those of something declared; None where nothing declared is meant: no condition on its tags is
    met. `free_tags`: the caller may tag it. `trust`: of the role that is assumed, else None.
    """

    resource: Text
    tags: Tags | None = None
    free_tags: bool = False
    trust: Policy | None = None
    own_account: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """An action on a target. `keys` has the values that the call may set a key to, each an alternative.

    Keys are in lower case; None is absent: `{"iam:passedtoservice": (("ec2.amazonaws.com",), None)}`.
    """

    action: str
    target: Target
    keys: Mapping[str, tuple[Held | None, ...]] = field(default_factory=dict)
