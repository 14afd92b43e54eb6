"""One account of a root module, judged: what a rule looks at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from iamgen_rules.account.from_resources import Built
from iamgen_rules.account.judging import judged_by
from iamgen_rules.account.likewise import likewise
from iamgen_rules.account.model import Account, Group, Ref, Role, User
from iamgen_rules.account.proof import Step, proof
from iamgen_rules.account.verdict import Judge, Judgement
from iamgen_rules.source import NOWHERE
from iamgen_rules.who import Who

__all__ = ["Subject", "Texts", "Who"]

Texts = Mapping[str, str]  # the text of each document, as it was read


_ANY_INSTANCE = re.compile(r"\[\?\d*\]")


@dataclass(eq=False)
class Subject:
    """An account with everybody's judgement; `root` is the folder or document that it comes from, as it is shown.

    `texts` has the documents whose text is known, for edits. `now` is the moment at which policies are judged.
    `folder` is the root module's, where `root` is a name that somebody gave it.
    """

    built: Built
    now: datetime
    root: str = "."
    texts: Texts | None = None
    folder: str = ""

    @property
    def account(self) -> Account:
        """The account."""
        return self.built.account

    @cached_property
    def judge(self) -> Judge:
        """Who judges it, and can be asked for proofs."""
        return Judge(self.account, self.now)

    @cached_property
    def judgements(self) -> Mapping[Ref, Judgement]:
        """Every user, group and role, in the order of the model."""
        return judged_by(self.judge)

    @cached_property
    def _declared(self) -> Mapping[Ref, User | Group | Role]:
        users = {Ref("user", one.name): one for one in self.account.users}
        groups = {Ref("group", one.name): one for one in self.account.groups}
        return {**users, **groups, **{Ref("role", one.name): one for one in self.account.roles}}

    def principal(self, ref: Ref) -> User | Group | Role:
        """A principal of the account. Raises KeyError where there is none of that kind and name."""
        return self._declared[ref]

    def who(self, ref: Ref) -> Who:
        """A principal as findings name it; one that nobody declares has `user:NAME` for an address.

        One that stands for any number of instances has the address of the resource.
        """
        one = self._declared.get(ref)
        address = one.address if one is not None and one.address else f"{ref.kind}:{ref.name}"
        address = _ANY_INSTANCE.sub("", address)
        return Who(ref.kind, ref.name, address, one.place if one is not None else NOWHERE, self.root)

    @cached_property
    def _open(self) -> dict[Ref, tuple[Step, ...]]:
        return {}

    def steps(self, ref: Ref) -> tuple[Step, ...]:
        """How a principal acts as an administrator without MFA (or perhaps, if undecided).

        Empty for who does not, and for roles: the way into a role is its users' way.
        """
        if ref not in self._open:
            like = self.judgements[ref].like
            trace = self.judgements[like or ref].open
            if trace is not None and like is not None:
                trace = likewise(self.judge.index, trace, like, ref)
            self._open[ref] = () if trace is None else proof(self.judge, trace)
        return self._open[ref]

    @cached_property
    def _ways(self) -> dict[Ref, tuple[Step, ...]]:
        return {}

    def way(self, ref: Ref) -> tuple[Step, ...]:
        """How a principal becomes an administrator, with MFA or without; of those alike, the first. Else empty."""
        first = self.judgements[ref].like or ref
        if first not in self._ways:
            trace = self.judgements[first].way
            self._ways[first] = () if trace is None else proof(self.judge, trace)
        return self._ways[first]

    @cached_property
    def members(self) -> Mapping[str, tuple[Ref, ...]]:
        """The declared members of each group, by its name."""
        found: dict[str, list[Ref]] = {}
        for user in self.account.users:
            for one in user.groups:
                found.setdefault(one.group, []).append(Ref("user", user.name))
        return {group: tuple(members) for group, members in found.items()}
