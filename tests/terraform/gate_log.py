"""IAM's calls played again: after each of them, who is behind the gate, and which sudo role lets in without MFA."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from moto_iam import ACCOUNT, Call

Parameters = Mapping[str, str]
_DENY = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
_MFA = {"aws:MultiFactorAuthPresent": "true"}
_HARMLESS = frozenset(
    f"{verb}{kind}"
    for kind in ("Role", "User", "Policy", "RolePolicy", "AccessKey", "LoginProfile")
    for verb in ("Update", "Delete", "Tag", "Untag", "Put", "Attach", "Detach")
) - {"UpdateUser", "DeleteUser", "DeletePolicy", "UpdatePolicy", "PutUser", "AttachUser"}


@dataclass
class Holder:
    """A user or a group: the managed policies and inline policies that are bound to it."""

    attached: set[str] = field(default_factory=set)
    inline: set[str] = field(default_factory=set)


@dataclass
class Account:
    """As much of an account as decides who is behind the gate."""

    partition: str = "aws"
    users: dict[str, Holder] = field(default_factory=dict)
    groups: dict[str, Holder] = field(default_factory=dict)
    members: set[tuple[str, str]] = field(default_factory=set)
    documents: dict[str, str] = field(default_factory=dict)
    trusts: dict[str, str] = field(default_factory=dict)
