"""Each principal's class and verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.facts import PROBE
from iamgen_rules.account.hands import World
from iamgen_rules.account.index import NO_EDITS, Edit, Edits, Index
from iamgen_rules.account.model import Account, Group, Membership, Ref, User
from iamgen_rules.account.reach import Aim, Enough, Trace, perhaps, reach, surely
from iamgen_rules.account.rights import full, power
from iamgen_rules.account.session import OF_USER, WITHOUT_MFA, Session
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import NO, Truth, any_of

Class = Literal["none", "power", "full", "escalation", "assume", "unknown"]
Verdict = Literal["ungated", "gated", "undecided", "not-admin", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one principal.

    `way` is how it becomes an administrator, `open` how without MFA (with `undecided`: how perhaps).
    `bare`: it is full with MFA and only `power` without. `like`: judged as this one, which has the same policies.
    """

    ref: Ref
    klass: Class
    verdict: Verdict
    unknowns: frozenset[str] = frozenset()
    way: Trace | None = None
    open: Trace | None = None
    bare: bool = False
    like: Ref | None = None


@dataclass(frozen=True, slots=True)
class Starts:
    """A principal's sessions to begin with."""

    ref: Ref
    edits: Edits
    kinds: tuple[Kind, ...]

    def world(self, *kinds: Kind) -> World:
        """Some of the sessions, held."""
        return World(frozenset(Session(self.ref, kind) for kind in kinds), self.edits)


class Judge:
    """Judges the principals of one account."""

    def __init__(self, account: Account, now: datetime) -> None:
        """Nothing is judged yet."""
        self.account = account
        self.index = Index(account)
        for group in account.groups:
            fresh = fresh_member(group)
            self.index.users[fresh.name] = fresh
        self.asker = Asker(self.index, now)

    def user(self, name: str, *, ref: Ref | None = None, edits: Edits = NO_EDITS) -> Judgement:
        """A user; or, for a group, its fresh member."""
        starts = Starts(Ref("user", name), edits, OF_USER)
        found = self.verdict(starts)
        return replace(found, ref=ref) if ref is not None else found

    def group(self, name: str) -> Judgement:
        """A group, as a fresh member with nothing else."""
        member = fresh_member(self.index.groups[name]).name
        return self.user(member, ref=Ref("group", name), edits=anybody(member))

    def verdict(self, starts: Starts) -> Judgement:
        """The verdict on somebody who holds a password or an access key."""
        users, admin = self.administrator(starts)
        if admin is None:
            return Judgement(starts.ref, self.lesser(starts), "not-admin")
        klass = self.klass(starts, admin, users=users)
        aim = self._aim(starts, surely, users=users)
        doubt = reach(self.asker, starts.world(*WITHOUT_MFA), self._aim(starts, perhaps, users=users))
        sure = None if doubt is None else reach(self.asker, starts.world(*WITHOUT_MFA), aim)
        if sure is not None:
            return self._judged(starts, klass, "ungated", admin, sure)
        if doubt is not None:
            return self._judged(starts, klass, "undecided", admin, doubt)
        certain = admin if admin.truth.is_yes else reach(self.asker, starts.world(Kind.MFA), replace(aim, bare=None))
        if certain is not None:
            return self._judged(starts, klass, "gated", certain, None)
        return self._judged(starts, klass, "undecided", admin, None)

    def _judged(self, starts: Starts, klass: Class, verdict: Verdict, way: Trace, open_: Trace | None) -> Judgement:
        unknowns = frozenset[str]()
        if verdict == "undecided":
            unknowns = (open_ or way).truth.missing
        bare = open_ is not None and [call.action for call in open_.calls] == [PROBE]
        return Judgement(starts.ref, klass, verdict, unknowns, way, open_, bare)

    def _aim(self, starts: Starts, enough: Enough, *, users: bool) -> Aim:
        whole = full(self.asker, Session(starts.ref, Kind.MFA), starts.edits)[0]
        return Aim(enough, bare=starts.ref if enough(whole) else None, users=users)

    def administrator(self, starts: Starts) -> tuple[bool, Trace | None]:
        """Whether only the takeover of undeclared users makes it one, and how it becomes one."""
        anyhow = Aim(perhaps, users=True)
        if reach(self.asker, starts.world(*starts.kinds), anyhow) is None:
            return False, None
        for users in (False, True):
            for enough in (surely, perhaps):
                for kind in reversed(starts.kinds):
                    trace = reach(self.asker, starts.world(kind), Aim(enough, users=users))
                    if trace is not None:
                        return users, trace
        return False, None

    def klass(self, starts: Starts, admin: Trace, *, users: bool) -> Class:
        """By which capability: its own full rights, an escalation of its own, or entry into a role."""
        if not admin.truth.is_yes:
            return "unknown"
        if any(full(self.asker, Session(starts.ref, kind), starts.edits)[0].is_yes for kind in starts.kinds):
            return "full"
        aim = Aim(surely, users=users, no_entry_by=starts.ref)
        own = any(reach(self.asker, starts.world(kind), aim) for kind in starts.kinds)
        return "escalation" if own else "assume"

    def lesser(self, starts: Starts) -> Class:
        """The class of somebody who is no administrator."""
        found = [power(self.asker, Session(starts.ref, kind), starts.edits)[0] for kind in starts.kinds]
        best: Truth = any_of(found) if found else NO
        return "power" if best.is_yes else "unknown" if best.is_unknown else "none"


def anybody(member: str) -> Edits:
    """A fresh member has any tags and any name."""
    ref = Ref("user", member)
    return frozenset({Edit("tag", ref), Edit("rename", ref)})


def fresh_member(group: Group) -> User:
    """Somebody who has just been put into the group."""
    return User(
        f"iamgen-fresh-member-of-{group.name}", groups=(Membership(group.name, group.place),), place=group.place
    )
