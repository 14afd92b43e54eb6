"""Whose session, and of which kind; and who its caller is, after what the attacker has changed."""

from __future__ import annotations

from typing import NamedTuple

from iamgen_rules.account.index import Edit, Edits, Index
from iamgen_rules.account.model import ACCOUNT, Ref
from iamgen_rules.policy.identity import Identity
from iamgen_rules.policy.session import Kind

WITHOUT_MFA = (Kind.ACCESS_KEY, Kind.NO_MFA)
OF_USER = (*WITHOUT_MFA, Kind.MFA)
OF_ROLE = (Kind.ROLE, Kind.ROLE_MFA)


class Session(NamedTuple):
    """Somebody's session."""

    ref: Ref
    kind: Kind

    @property
    def without_mfa(self) -> bool:
        """Whether nothing in it can speak of MFA."""
        return self.kind not in (Kind.MFA, Kind.ROLE_MFA)


def identity(index: Index, ref: Ref, edits: Edits) -> Identity:
    """A user or role as a caller: its tags and name are free once the attacker may change them."""
    holder = index.users[ref.name] if ref.kind == "user" else index.roles[ref.name]
    renamed = Edit("rename", ref) in edits
    return Identity(
        "user" if ref.kind == "user" else "role",
        holder.name,
        ACCOUNT,
        path=holder.path,
        partition=index.account.partition,
        tags=holder.tags,
        free_tags=Edit("tag", ref) in edits,
        free_name=renamed,
        taken=index.names["user"] - {ref.name.lower()} if renamed else frozenset(),
    )
