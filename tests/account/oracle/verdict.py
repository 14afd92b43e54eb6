"""The class and verdict of every user, group and role of an account in which everything is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from account.oracle.requests import Book, View
from account.oracle.rights import power
from account.oracle.search import Search
from account.oracle.steps import Aim
from account.oracle.world import Held, Party, State
from iamgen_rules.account.model import Account, Ref

USER, WITHOUT_MFA = ("access-key", "no-mfa", "mfa"), ("access-key", "no-mfa")
ROLE = ("role", "role-mfa")
FRESH = "fresh-member"


class Said(NamedTuple):
    """`bare`: it is ungated for its power alone."""

    klass: str
    verdict: str
    bare: bool = False


class Members:
    """The users and groups of one account; and what roles have in common with them."""

    def __init__(self, account: Account) -> None:
        self.account, self.book = account, Book(account)
        self.search = Search(self.book)
        self.start = self.book.start

    @cached_property
    def said(self) -> Mapping[Ref, Said]:
        """Everybody's class and verdict."""
        users = {Ref("user", user.name): self.holder(self.start, user.name) for user in self.account.users}
        groups = {
            Ref("group", group.name): self.holder(self.with_fresh(group.name), FRESH) for group in self.account.groups
        }
        return {**users, **groups}

    def with_fresh(self, group: str) -> State:
        """With somebody who has just been put into the group, under any name and with any tags."""
        fresh = Party("user", FRESH, groups=frozenset({group}), tags_free=True, name_free=True)
        return self.start._replace(parties=(*self.start.parties, fresh))

    def holder(self, state: State, name: str) -> Said:
        """Somebody who has a password or an access key."""
        users = self.capable(state, name, USER)
        if users is None:
            return self.lesser(state, name, USER)
        klass = self.klass(state, name, USER, users=users)
        without = state.holding(*(Held(kind, name) for kind in WITHOUT_MFA))
        if self.search.reaches(without, Aim(users)):
            return Said(klass, "ungated")
        whole = self._is_full(state, Held("mfa", name), users=users)
        bare = whole and self.search.reaches(without, Aim(users), bare=name)
        return Said(klass, "ungated" if bare else "gated", bare)

    def capable(self, state: State, name: str, kinds: tuple[str, ...]) -> bool | None:
        """Whether only the takeover of undeclared users makes it an administrator; None for no administrator."""
        for users in (False, True):
            if any(self.search.reaches(state.holding(Held(kind, name)), Aim(users)) for kind in reversed(kinds)):
                return users
        return None

    def klass(self, state: State, name: str, kinds: tuple[str, ...], *, users: bool) -> str:
        """By which capability somebody is an administrator."""
        sessions = [Held(kind, name) for kind in reversed(kinds)]
        if any(self._is_full(state, who, users=users) for who in sessions):
            return "full"
        return "escalation" if any(self._escalates(state, who, users=users) for who in sessions) else "assume"

    def _is_full(self, state: State, who: Held, *, users: bool) -> bool:
        """Power, and an escalation."""
        return power(View(self.book, state), who) and self._escalates(state, who, users=users)

    def _escalates(self, state: State, who: Held, *, users: bool) -> bool:
        """Whether it reaches full rights and enters no role itself."""
        return self.search.reaches(state.holding(who), Aim(users, no_entry=who.owner))

    def lesser(self, state: State, name: str, kinds: tuple[str, ...]) -> Said:
        """Somebody who is no administrator."""
        view = View(self.book, state)
        return Said("power" if any(power(view, Held(kind, name)) for kind in kinds) else "none", "not-admin")
