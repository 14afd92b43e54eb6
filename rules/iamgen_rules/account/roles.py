"""The verdicts on roles: who may enter, and whether they need MFA for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from iamgen_rules.account.doors import Door
from iamgen_rules.account.entering import Entering
from iamgen_rules.account.entries import Entry, entries
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import NONE, Ref, Role
from iamgen_rules.account.session import OF_ROLE, WITHOUT_MFA, Session
from iamgen_rules.account.trust import trusted_types
from iamgen_rules.account.verdict import Judge, Judgement, Starts, Verdict
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.truth import Truth

Found = Mapping[Ref, Judgement]
_WORST: tuple[Verdict, ...] = ("ungated", "undecided", "gated", "elsewhere")


class Said(NamedTuple):
    """What is said of those who enter a role; `by` is who of them is declared and makes it so.

    `at_first` is the user or group with whom it begins.
    """

    verdict: Verdict
    unknowns: frozenset[str] = NONE
    by: Ref | None = None
    at_first: Ref | None = None


@dataclass(frozen=True, slots=True)
class _AtDoor:
    """What is said of those who enter roles directly, the roles that lead into them, and whether anybody else might.

    `entries` let somebody in without MFA, or perhaps; `into` has one role for each door behind which some lead here.
    """

    said: Said
    entries: tuple[Entry, ...] = ()
    into: Mapping[Door, str] = field(default_factory=dict)
    anybody: bool = False


def _worst(said: Iterable[Said]) -> Said:
    return min(said, key=lambda one: _WORST.index(one.verdict), default=Said("elsewhere"))


def _spread(doors: Mapping[Door, _AtDoor], said: dict[Door, Said], todo: list[Door]) -> None:
    """Pass what is said of roles on to those that they lead into, until nothing gets worse."""
    leads: dict[Door, list[tuple[Door, str]]] = {}
    for door, at in doors.items():
        for source, name in at.into.items():
            leads.setdefault(source, []).append((door, name))
    while todo:
        source = todo.pop()
        for door, name in leads.get(source, ()):
            tick()
            worse = _worst((said[door], said[source]))
            if worse.verdict != said[door].verdict:
                said[door] = worse._replace(by=Ref("role", name))
                todo.append(door)


@dataclass
class _Roles:
    judge: Judge
    found: Found
    _opened: dict[Hashable, tuple[Entry, ...]] = field(default_factory=dict)

    @cached_property
    def _firsts(self) -> list[tuple[Ref, Judgement]]:
        """One of each class of users and groups that are administrators; of groups only those that say something."""
        firsts = [item for item in sorted(self.found.items(), key=lambda item: item[0]) if item[1].like is None]
        return [item for item in firsts if item[1].verdict != "not-admin" and item[0] not in self._spoken_for]

    @cached_property
    def _spoken_for(self) -> frozenset[Ref]:
        """Groups whose members are all known, none of them surely open: the members say who enters."""
        account = self.judge.account
        ungated = {user.name for user in account.users if self.found[Ref("user", user.name)].verdict == "ungated"}
        memberships = ((user.name, one) for user in account.users for one in user.groups)
        open_ = {one.group for user, one in memberships if one.missing or user in ungated}
        return frozenset(Ref("group", one.name) for one in account.groups if one.exclusive and one.name not in open_)

    def judgement(self, role: Role) -> Judgement:
        """One role."""
        ref = Ref("role", role.name)
        starts = Starts(ref, NO_EDITS, OF_ROLE)
        users, admin = self.judge.administrator(starts)
        if admin is None:
            return self.judge.lesser(starts)
        klass = self.judge.klass(starts, admin, users=users)
        door = self._of(role.name)
        said = self.entered[door]
        if said.verdict != "elsewhere" and said.at_first is None and not self._may_be_somebody(said):
            said = self._by_rights(said, self._without_mfa(ref, users=users))
        if said.verdict in ("gated", "ungated") and klass == "unknown":
            said = Said("undecided", admin.truth.missing)
        standing = self.at[door].entries if said.verdict in ("ungated", "undecided") else ()
        return Judgement(ref, klass, said.verdict, said.unknowns, admin, entries=standing, by=said.by)

    def _may_be_somebody(self, said: Said) -> bool:
        """Whether what a trust does not tell may let in somebody declared who is open."""
        undeclared = self.judge.account.arn("role", "")
        open_ = any(one.verdict in ("ungated", "undecided") for _, one in self._firsts)
        return said.verdict == "undecided" and open_ and any(not one.startswith(undeclared) for one in said.unknowns)

    def _by_rights(self, said: Said, without: Truth) -> Said:
        """Nobody knows who enters: who does so without MFA gains nothing where the role has no rights without it."""
        if without.is_no:
            return Said("gated")
        if without.is_unknown and said.verdict == "ungated":
            return Said("undecided", without.missing, said.by)
        return said

    def _without_mfa(self, ref: Ref, *, users: bool) -> Truth:
        session = Session(ref, Kind.ROLE)
        sure, doubt = (self.judge.index.reaching[session, sure, users] for sure in (True, False))
        return sure if sure.is_yes else doubt

    @cached_property
    def entering(self) -> Entering:
        """Who may enter."""
        return Entering(self.judge)

    @cached_property
    def at(self) -> dict[Door, _AtDoor]:
        """What is to be said at each door before others are looked at."""
        return {door: self._at(door) for door in dict.fromkeys(self.judge.index.doors.of.values())}

    @cached_property
    def entered(self) -> dict[Door, Said]:
        """Who may enter, whatever the role can do then: the worst of all those, through any number of roles."""
        said = {door: at.said for door, at in self.at.items()}
        _spread(self.at, said, list(self.at))
        forgotten = [door for door, at in self.at.items() if at.anybody and said[door].verdict == "elsewhere"]
        said |= dict.fromkeys(forgotten, Said("ungated"))
        _spread(self.at, said, list(self.at))
        return said

    def _at(self, door: Door) -> _AtDoor:
        role = door.roles[0]
        open_ = self._open(role)
        if role.trust.missing:
            return _AtDoor(Said("undecided", role.trust.missing), open_)
        if any(entry.foreign and entry.open.is_yes for entry in open_):
            return _AtDoor(Said("ungated"), open_)
        if not open_:
            return _AtDoor(Said("gated" if "AWS" in trusted_types(role.trust) else "elsewhere"))
        missing = NONE.union(*(entry.open.missing for entry in open_))
        if missing:
            return _AtDoor(Said("undecided", missing), open_)
        undeclared = [self._undeclared(entry.role) for entry in open_ if self._is_undeclared(entry.role)]
        into = {name: without for name, without in self.entering.roles_into(door) if self._of(name) is not door}
        said = _worst((*self._users(role), *undeclared, *self._perhaps(into, role), *self._with_mfa(into)))
        leading = [name for name, without in into.items() if without]
        leading += [entry.role for entry in open_ if entry.role in self.judge.index.roles]
        leading = [name for name in leading if self._there(name, role).is_yes]
        sources = {self._of(name): name for name in sorted(leading, reverse=True)}
        return _AtDoor(said, open_, sources, anybody=any(not entry.role for entry in open_))

    def _there(self, name: str, role: Role) -> Truth:
        return self.judge.index.there(Ref("role", name), Ref("role", role.name))

    def _perhaps(self, into: Iterable[str], role: Role) -> Iterator[Said]:
        """Roles that lead into this one and are perhaps not there when it is."""
        for name in into:
            if not (there := self._there(name, role)).is_yes:
                yield Said("undecided", there.missing, Ref("role", name))

    def _open(self, role: Role) -> tuple[Entry, ...]:
        """Who is let in without MFA; asked once of roles that have the same trust."""
        trust = self.judge.index.trusts[role.name]
        key = role.name if trust.wholly else trust
        if key not in self._opened:
            every = entries(self.judge.account, role, self.judge.asker.now)
            self._opened[key] = tuple(entry for entry in every if not entry.open.is_no)
        return self._opened[key]

    def _of(self, role: str) -> Door:
        return self.judge.index.doors.of[role]

    def _with_mfa(self, into: Mapping[str, bool]) -> Iterator[Said]:
        """Roles that may enter only where they themselves were entered with MFA."""
        for name, without in into.items():
            if not without and "AWS" in trusted_types(self.judge.index.roles[name].trust):
                yield Said("gated", by=Ref("role", name))

    def _is_undeclared(self, name: str) -> bool:
        return bool(name) and name not in self.judge.index.roles

    def _undeclared(self, name: str) -> Said:
        """A role that nobody declares lets in nobody knows whom."""
        return Said("undecided", frozenset({self.judge.account.arn("role", name)}))

    def _users(self, role: Role) -> Iterator[Said]:
        """What is said of each declared user and group that may enter, with MFA or without."""
        for ref, judgement in self._firsts:
            may = self.entering.may(ref, role)
            if may.is_yes and judgement.bare:
                yield self._bare(ref, role)
            elif may.is_yes and judgement.verdict in _WORST:
                yield Said(judgement.verdict, judgement.unknowns, ref, ref)
            elif not may.is_no:
                yield Said("undecided", may.missing | judgement.unknowns, ref, ref)

    def _bare(self, ref: Ref, role: Role) -> Said:
        """Who is ungated for power alone may still need MFA for the role."""
        without = self.entering.may(ref, role, WITHOUT_MFA)
        if without.is_no:
            return Said("gated", NONE, ref, ref)
        return Said("ungated" if without.is_yes else "undecided", without.missing, ref, ref)


def judge_roles(judge: Judge, found: Found) -> dict[Ref, Judgement]:
    """Every role; `found` has the users and groups."""
    roles = _Roles(judge, found)
    return {Ref("role", role.name): roles.judgement(role) for role in judge.account.roles}
