"""The verdicts on roles: who enters, and whether that takes MFA."""

from __future__ import annotations

from collections.abc import Iterator

from account.oracle.entry import Openings, openings
from account.oracle.requests import View
from account.oracle.steps import Aim, labelled
from account.oracle.targets import declared
from account.oracle.verdict import FRESH, ROLE, USER, WITHOUT_MFA, Members, Said
from account.oracle.world import Held, State
from iamgen_rules.account.model import Account, Ref

WORST = ("ungated", "undecided", "gated", "elsewhere")


def judge(account: Account) -> dict[Ref, tuple[str, str]]:
    """Everybody's class and verdict. Raises TooManyError."""
    members = Members(account)
    roles = Roles(members)
    found = {**members.said, **{Ref("role", role.name): roles.role(role.name) for role in account.roles}}
    return {ref: (said.klass, said.verdict) for ref, said in found.items()}


class Roles:
    """The roles of one account."""

    def __init__(self, members: Members) -> None:
        self.members = members
        self.names = [role.name for role in members.account.roles]
        self._openings = {name: openings(members.book, name) for name in self.names}

    def role(self, name: str) -> Said:
        members, start = self.members, self.members.start
        users = members.capable(start, name, ROLE)
        if users is None:
            return members.lesser(start, name, ROLE)
        verdict = self._verdict(name)
        if verdict != "elsewhere" and not self._is_by_somebody(name):
            needs_mfa = not members.search.reaches(start.holding(Held("role", name)), Aim(users))
            verdict = "gated" if needs_mfa else verdict
        return Said(members.klass(start, name, ROLE, users=users), verdict)

    def _verdict(self, name: str) -> str:
        """The worst of those who enter it, and of those who enter the roles that lead to it."""
        behind = self._behind(name)
        said = [self._of_strangers(one) for one in behind] + [one for role in behind for one in self._of_members(role)]
        said += ["gated" for role in behind if self._is_led_to_with_mfa(role)]
        worst = min(said, key=WORST.index)
        forgotten = any(self._opens(one).anybody and self._alone(one) == "elsewhere" for one in behind)
        return "ungated" if forgotten else worst

    def _alone(self, name: str) -> str:
        """The same, where nobody is forgotten."""
        behind = self._behind(name)
        said = [self._of_strangers(one) for one in behind] + [one for role in behind for one in self._of_members(role)]
        return min(said + ["gated" for role in behind if self._is_led_to_with_mfa(role)], key=WORST.index)

    def _is_by_somebody(self, name: str) -> bool:
        """Whether it is a declared user or group that makes the verdict what it is."""
        return any(one == self._verdict(name) for role in self._behind(name) for one in self._of_members(role))

    def _opens(self, name: str) -> Openings:
        return self._openings[name]

    def _of_strangers(self, name: str) -> str:
        """What its trust says by itself."""
        trust = self._opens(name)
        if trust.foreign:
            return "ungated"
        if not trust.is_open:
            return "gated" if trust.aws else "elsewhere"
        return "undecided" if trust.undeclared else "elsewhere"

    def _of_members(self, name: str) -> Iterator[str]:
        """The verdicts of the users and groups that enter; of who has but power without MFA, whether it needs MFA."""
        trust = self._opens(name)
        if trust.is_open and not trust.foreign:
            for ref, said in self.members.said.items():
                if said.verdict != "not-admin" and not self._is_silent(ref) and self._enters(ref, name, USER):
                    still = not said.bare or self._enters(ref, name, WITHOUT_MFA)
                    yield said.verdict if still else "gated"

    def _is_silent(self, ref: Ref) -> bool:
        """A group whose members are all known and gated says nothing."""
        group = next((one for one in self.members.account.groups if ref == ("group", one.name)), None)
        if group is None or not group.exclusive:
            return False
        inside = [one.name for one in self.members.start.parties if one.kind == "user" and group.name in one.groups]
        return all(self.members.said[Ref("user", one)].verdict in ("gated", "not-admin") for one in inside)

    def _enters(self, ref: Ref, role: str, kinds: tuple[str, ...]) -> bool:
        """Whether a user or a group's fresh member may enter, under the labels that it can give itself."""
        fresh = ref.kind == "group"
        state, name = (self.members.with_fresh(ref.name), FRESH) if fresh else (self.members.start, ref.name)
        sessions = [Held(kind, name) for kind in kinds]
        return self._enter(labelled(View(self.members.book, state.holding(*sessions)), ("user", name)), role, sessions)

    def _enter(self, state: State, role: str, sessions: list[Held]) -> bool:
        view = View(self.members.book, state)
        target = declared(view, view.parties["role", role], trust=view.parties["role", role].trust)
        return any(view.may(who, "sts:AssumeRole", target) for who in sessions)

    def _behind(self, name: str) -> list[str]:
        """The roles that lead to this one without MFA, itself included."""
        found = [name]
        for role in found:
            trust = self._opens(role)
            if trust.is_open and not trust.foreign:
                others = [one for one in self.names if one not in found]
                found += [one for one in others if one in trust.roles or self._leads(one, role, "role")]
        return found

    def _is_led_to_with_mfa(self, name: str) -> bool:
        """Whether some role that users or roles enter leads to it where it was entered with MFA, and only there.

        Not one with the same trust: whoever enters that enters this as well.
        """
        trust = self._opens(name)
        others = [one for one in self.names if self._opens(one).aws and self._opens(one).trust != trust.trust]
        leading = [one for one in others if self._leads(one, name, "role-mfa") and not self._leads(one, name, "role")]
        return trust.is_open and not trust.foreign and bool(leading)

    def _leads(self, one: str, to: str, kind: str) -> bool:
        return one != to and self._enter(self.members.start, to, [Held(kind, one)])
