"""The verdicts on roles: who may enter, and whether they need MFA for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from iamgen_rules.account.calls import Call
from iamgen_rules.account.entries import entries
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.index import NO_EDITS, Edits
from iamgen_rules.account.model import NONE, Ref, Role
from iamgen_rules.account.session import OF_ROLE, OF_USER, Session
from iamgen_rules.account.targets import to_enter
from iamgen_rules.account.trust import trusted_types
from iamgen_rules.account.verdict import Judge, Judgement, Starts, Verdict, anybody, fresh_member
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import NO, Truth, any_of

Found = Mapping[Ref, Judgement]
Said = tuple[Verdict, frozenset[str]]
_WORST: tuple[Verdict, ...] = ("ungated", "undecided", "gated", "elsewhere")


@dataclass(frozen=True, slots=True)
class _Door:
    """What is said of those who enter a role directly, the roles that lead into it, and whether anybody else might."""

    said: Said
    into: tuple[str, ...] = ()
    anybody: bool = False


def _worst(said: Iterable[Said]) -> Said:
    return min(said, key=lambda one: _WORST.index(one[0]), default=("elsewhere", NONE))


def _spread(doors: Mapping[str, _Door], said: dict[str, Said], todo: list[str]) -> None:
    """Pass what is said of a role on to those that it leads into, until nothing gets worse."""
    leads: dict[str, list[str]] = {}
    for name, door in doors.items():
        for source in door.into:
            leads.setdefault(source, []).append(name)
    while todo:
        source = todo.pop()
        for name in leads.get(source, ()):
            worse = _worst((said[name], said[source]))
            if worse[0] != said[name][0]:
                said[name] = worse
                todo.append(name)


@dataclass
class _Roles:
    judge: Judge
    found: Found

    @cached_property
    def _firsts(self) -> list[tuple[Ref, Judgement]]:
        """One of each class of users and groups that are administrators."""
        firsts = [item for item in sorted(self.found.items(), key=lambda item: item[0]) if item[1].like is None]
        counted = [item for item in firsts if item[1].verdict != "not-admin"]
        return [item for item in counted if item[0].kind == "user" or not self.silent(item[0])]

    def judgement(self, role: Role) -> Judgement:
        """One role."""
        ref = Ref("role", role.name)
        starts = Starts(ref, NO_EDITS, OF_ROLE)
        users, admin = self.judge.administrator(starts)
        if admin is None:
            return Judgement(ref, self.judge.lesser(starts), "not-admin")
        klass = self.judge.klass(starts, admin, users=users)
        verdict, unknowns = self.entered[role.name]
        if verdict in ("gated", "ungated") and klass == "unknown":
            verdict, unknowns = "undecided", admin.truth.missing
        return Judgement(ref, klass, verdict, unknowns, admin)

    @cached_property
    def entered(self) -> dict[str, Said]:
        """Who may enter each role, whatever it can do then: the worst of all those, through any number of roles."""
        doors = {role.name: self._door(role) for role in self.judge.account.roles}
        said = {name: door.said for name, door in doors.items()}
        _spread(doors, said, list(doors))
        forgotten = [name for name, door in doors.items() if door.anybody and said[name][0] == "elsewhere"]
        said |= dict.fromkeys(forgotten, ("ungated", NONE))
        _spread(doors, said, list(doors))
        return said

    def _door(self, role: Role) -> _Door:
        """What is to be said before other roles are looked at."""
        if role.trust.missing:
            return _Door(("undecided", role.trust.missing))
        open_ = [entry for entry in entries(self.judge.account, role, self.judge.asker.now) if not entry.open.is_no]
        if any(entry.foreign and entry.open.is_yes for entry in open_):
            return _Door(("ungated", NONE))
        if not open_:
            return _Door(("gated" if "AWS" in trusted_types(role.trust) else "elsewhere", NONE))
        missing = frozenset[str]().union(*(entry.open.missing for entry in open_))
        said = list(self._users(role)) + [
            self._undeclared(entry.role) for entry in open_ if self._is_undeclared(entry.role)
        ]
        if missing:
            return _Door(("undecided", missing))
        into = {*self._roles_into(role), *(entry.role for entry in open_ if entry.role in self.judge.index.roles)}
        anybody = any(not entry.role for entry in open_)
        return _Door(_worst(said), tuple(sorted(into)), anybody=anybody)

    def _is_undeclared(self, name: str) -> bool:
        return bool(name) and name not in self.judge.index.roles

    def _undeclared(self, name: str) -> Said:
        """A role that nobody declares lets in nobody knows whom."""
        return "undecided", frozenset({self.judge.account.arn("role", name)})

    def _users(self, role: Role) -> Iterator[Said]:
        """What is said of each declared user and group that may enter, with MFA or without."""
        for ref, judgement in self._firsts:
            may = self._may(ref, role)
            if may.is_yes and judgement.verdict in _WORST:
                yield judgement.verdict, judgement.unknowns
            elif not may.is_no:
                yield "undecided", may.missing | judgement.unknowns

    def silent(self, ref: Ref) -> bool:
        """A group whose members are all known and gated says nothing by itself."""
        group = self.judge.index.groups[ref.name]
        inside = [user for user in self.judge.account.users if any(one.group == ref.name for one in user.groups)]
        known = all(not one.missing for user in inside for one in user.groups if one.group == ref.name)
        gated = all(self.found[Ref("user", user.name)].verdict in ("gated", "not-admin") for user in inside)
        return group.exclusive and known and gated

    def _may(self, ref: Ref, role: Role) -> Truth:
        user, edits = ref, NO_EDITS
        if ref.kind == "group":
            user = Ref("user", fresh_member(self.judge.index.groups[ref.name]).name)
            edits = anybody(user.name)
        return any_of(self._asked(Session(user, kind), role, edits) for kind in reversed(OF_USER))

    def _asked(self, session: Session, role: Role, edits: Edits) -> Truth:
        asker = self.judge.asker
        if not asker.ever(session, ASSUME, edits):
            return NO
        return asker.ask(Call(session, ASSUME, to_enter(asker.index, role.name)), edits).allowed

    def _roles_into(self, role: Role) -> Iterator[str]:
        """Declared roles that may enter by their own rights."""
        for name in self._candidates.get(role.name, ()):
            if not self._asked(Session(Ref("role", name), Kind.ROLE), role, NO_EDITS).is_no:
                yield name

    @cached_property
    def _candidates(self) -> dict[str, list[str]]:
        """The roles that may conceivably enter each role."""
        index = self.judge.index
        found: dict[str, list[str]] = {}
        for name in sorted(index.roles):
            for role in index.enterable(Ref("role", name), NO_EDITS):
                found.setdefault(role.name, []).append(name)
        return found


def judge_roles(judge: Judge, found: Found) -> dict[Ref, Judgement]:
    """Every role; `found` has the users and groups."""
    roles = _Roles(judge, found)
    return {Ref("role", role.name): roles.judgement(role) for role in judge.account.roles}
