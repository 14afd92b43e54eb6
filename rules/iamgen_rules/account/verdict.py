"""Each principal's class and verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.assumable import assumable
from iamgen_rules.account.entries import Entry
from iamgen_rules.account.facts import PROBE
from iamgen_rules.account.hands import World
from iamgen_rules.account.index import NO_EDITS, Edit, Edits, Index
from iamgen_rules.account.model import Account, Group, Membership, Ref, User
from iamgen_rules.account.reach import Aim, Enough, perhaps, reach, surely
from iamgen_rules.account.rights import full, power
from iamgen_rules.account.session import OF_USER, WITHOUT_MFA, Session
from iamgen_rules.account.shortest import shortest, to_the_end
from iamgen_rules.account.trace import Trace, certainty
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import YES, Truth, any_of

FRESH = "iamgen-fresh-member-of-"
Class = Literal["none", "power", "full", "escalation", "assume", "unknown"]
Verdict = Literal["ungated", "gated", "undecided", "not-admin", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one principal.

    `way` is how it becomes an administrator, `open` how without MFA (with `undecided`: how perhaps); of who is none, or
    needs MFA for it, `open` is how it has power without MFA.
    `bare`: it is full with MFA and only `power` without. `like`: judged as this one, which has the same policies.
    `unknowns` are what would decide; of who is no administrator, the roles that it may enter and nobody declares.
    `members_gated`: a group whose members are all known, and none is left open.
    Of a role that is open, or perhaps: `entries` let somebody in without MFA, `by` is who comes in that is declared.
    """

    ref: Ref
    klass: Class
    verdict: Verdict
    unknowns: frozenset[str] = frozenset()
    way: Trace | None = None
    open: Trace | None = None
    bare: bool = False
    like: Ref | None = None
    members_gated: bool = False
    entries: tuple[Entry, ...] = ()
    by: Ref | None = None


@dataclass(frozen=True, slots=True)
class Starts:
    """A principal's sessions to begin with."""

    ref: Ref
    edits: Edits
    kinds: tuple[Kind, ...]

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All of them."""
        return tuple(Session(self.ref, kind) for kind in self.kinds)

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
        ref = Ref("group", name)
        member, edits = judged_as(self.index, ref)
        return self.user(member.name, ref=ref, edits=edits)

    def verdict(self, starts: Starts) -> Judgement:
        """The verdict on somebody who holds a password or an access key."""
        users, admin = self.administrator(starts)
        if admin is None:
            return self.lesser(starts)
        klass = self.klass(starts, admin, users=users)
        aim = self._aim(starts, surely, users=users)
        doubt = reach(self.asker, starts.world(*WITHOUT_MFA), self._aim(starts, perhaps, users=users))
        sure = None if doubt is None else reach(self.asker, starts.world(*WITHOUT_MFA), aim)
        if sure is not None and admin.truth.is_yes:
            return self._judged(starts, klass, "ungated", admin, sure)
        if sure is not None:  # only with a key and a password at once, which is no capability of either
            return self._judged(starts, klass, "undecided", admin, None)
        if doubt is not None:
            return self._judged(starts, klass, "undecided", admin, doubt)
        certain = admin if admin.truth.is_yes else reach(self.asker, starts.world(Kind.MFA), replace(aim, bare=None))
        if certain is not None:
            power_ = None if klass == "full" else self._power_without_mfa(starts)
            return Judgement(starts.ref, klass, "gated", way=certain, open=power_)
        return self._judged(starts, klass, "undecided", admin, None)

    def _judged(self, starts: Starts, klass: Class, verdict: Verdict, way: Trace, open_: Trace | None) -> Judgement:
        unknowns = frozenset[str]()
        if verdict == "undecided":
            on_the_way = way if open_ is None else open_
            unknowns = shortest(self.asker, to_the_end(self.asker, on_the_way)).truth.missing
        bare = open_ is not None and [call.action for call in open_.calls] == [PROBE]
        return Judgement(starts.ref, klass, verdict, unknowns, way, open_, bare)

    def _aim(self, starts: Starts, enough: Enough, *, users: bool) -> Aim:
        whole = self.full(starts, Kind.MFA, users=users)
        return Aim(enough, bare=starts.ref if enough(whole) else None, whole=whole, users=users)

    def administrator(self, starts: Starts) -> tuple[bool, Trace | None]:
        """Whether only the takeover of undeclared users makes it one, and how it becomes one."""
        if not self._might(starts):
            return False, None
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

    def _might(self, starts: Starts) -> bool:
        """Not a role that is known not to."""
        learned = (self.index.reaching.get((one, False, True), YES) for one in starts.sessions)
        return starts.edits != NO_EDITS or not all(truth.is_no for truth in learned)

    def klass(self, starts: Starts, admin: Trace, *, users: bool) -> Class:
        """By which capability: its own full rights, an escalation of its own, or entry into a role."""
        if not admin.truth.is_yes:
            return "unknown"
        if any(self.full(starts, kind, users=users).is_yes for kind in starts.kinds):
            return "full"
        own = any(self._escalates(starts, kind, users=users).is_yes for kind in starts.kinds)
        return "escalation" if own else "assume"

    def full(self, starts: Starts, kind: Kind, *, users: bool) -> Truth:
        """Whether a session has power, and an escalation of any kind."""
        session = Session(starts.ref, kind)
        by_itself, may = full(self.asker, session, starts.edits)[0], power(self.asker, session, starts.edits)[0]
        if by_itself.is_yes or may.is_no:
            return by_itself
        return by_itself | (may & self._escalates(starts, kind, users=users))

    def _escalates(self, starts: Starts, kind: Kind, *, users: bool) -> Truth:
        """Whether a session reaches full rights by something else than the principal's entry into a role."""
        start, aim = starts.world(kind), Aim(perhaps, users=users, no_entry_by=starts.ref)
        truth = certainty(reach(self.asker, start, aim))
        return (
            truth if not truth.is_unknown else truth | certainty(reach(self.asker, start, replace(aim, enough=surely)))
        )

    def lesser(self, starts: Starts) -> Judgement:
        """Somebody who is no administrator, as far as is known; which roles it may enter beyond that is unknown."""
        best = any_of(power(self.asker, Session(starts.ref, kind), starts.edits)[0] for kind in starts.kinds)
        klass: Class = "power" if best.is_yes else "unknown" if best.is_unknown else "none"
        unknowns = best.missing.union(*(assumable(self.asker, one, starts.edits) for one in starts.sessions))
        open_ = self._power_without_mfa(starts) if klass != "none" else None
        return Judgement(starts.ref, klass, "not-admin", unknowns, open=open_)

    def _power_without_mfa(self, starts: Starts) -> Trace | None:
        kinds = [kind for kind in starts.kinds if kind in WITHOUT_MFA]
        aims = [Aim(enough, bare=starts.ref) for enough in (surely, perhaps) if kinds]
        ways = (reach(self.asker, starts.world(*kinds), aim) for aim in aims)
        return next((way for way in ways if way is not None), None)


def judged_as(index: Index, ref: Ref) -> tuple[Ref, Edits]:
    """Whose sessions are asked about: of a group a fresh member's, which has any tags and any name."""
    if ref.kind != "group":
        return ref, NO_EDITS
    member = Ref("user", fresh_member(index.groups[ref.name]).name)
    return member, frozenset({Edit("tag", member), Edit("rename", member)})


def fresh_member(group: Group) -> User:
    """Somebody who has just been put into the group."""
    return User(
        f"{FRESH}{group.name}",
        groups=(Membership(group.name, group.place),),
        place=group.place,
        existence=group.existence,
    )
