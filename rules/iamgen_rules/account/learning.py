"""Which roles reach full rights by themselves, found before anybody is judged: each role is asked about once.

A role reaches them on its own, or enters one that does. Roles that do neither might still do so together, so they
are tried all at once; only where that opens something is each of them tried by itself.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import replace

from iamgen_rules.account.alike import classes
from iamgen_rules.account.ask import Asker
from iamgen_rules.account.doors import Door
from iamgen_rules.account.gains import doors, opens
from iamgen_rules.account.hands import World
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.model import Ref
from iamgen_rules.account.reach import Aim, Enough, Search, perhaps, surely
from iamgen_rules.account.session import OF_ROLE, Session
from iamgen_rules.account.trace import certainty
from iamgen_rules.account.verdict import Judge
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.truth import NO, YES, Truth

_Node = Session | Door


def learn(judge: Judge) -> None:
    """Fill in what the judge's index knows of roles."""
    for kind in OF_ROLE:
        _Roles(judge.asker, kind).learn()


class _Roles:
    """Sessions of one kind of all roles, and who leads to whom: a role to a door, a door to its roles."""

    def __init__(self, asker: Asker, kind: Kind) -> None:
        self.asker, self.index, self.kind = asker, asker.index, kind
        alike = self.index.alike
        self.first = classes((Ref("role", one.name), alike.role(one)) for one in self.index.account.roles)
        self.sessions = [Session(ref, kind) for ref in self.first]
        self.into: dict[_Node, list[tuple[_Node, Truth]]] = defaultdict(list)
        for session in self.sessions:
            self.into[session].append((self.index.doors.of[session.ref.name], YES))
            for door in doors(asker, session, NO_EDITS):
                truth = opens(asker, session, door, NO_EDITS)
                if not truth.is_no:
                    self.into[door].append((session, truth))
                    self.index.callers.setdefault((door, kind), []).append(session.ref)

    def learn(self) -> None:
        potent = [one for one in self.sessions if self.index.allowed(one.ref, NO_EDITS)]
        useful = self._spread(dict.fromkeys(potent, YES), perhaps)
        self.index.barren |= {session for session in self.sessions if session not in useful}
        anyhow = self._searched(potent, Aim(perhaps, users=True, entries=False))
        able = [one for one in potent if one in anyhow]
        known: Mapping[_Node, Truth] = {}
        for users in (False, True):
            known = self._reaching(able, useful, known, Aim(surely, users=users))
            self._reaching(able, useful, known, Aim(perhaps, users=users))

    def _reaching(
        self, potent: Iterable[Session], useful: Mapping[_Node, Truth], known: Mapping[_Node, Truth], aim: Aim
    ) -> Mapping[_Node, Truth]:
        """Which sessions reach the goal; those that are `known` to need no search."""
        alone = self._searched((one for one in potent if one not in known), replace(aim, entries=False))
        found = self._spread({**alone, **known}, aim.enough)
        self._tell(found, aim)
        rest = [one for one in self.sessions if one in useful and one not in found]
        if not Search(self.asker, aim).is_closed(World(frozenset(rest))):
            found |= self._searched(rest, aim)
            self._tell(found, aim)
        return found

    def _searched(self, sessions: Iterable[Session], aim: Aim) -> dict[_Node, Truth]:
        """Those that reach the goal; of sessions of roles that are alike the first is asked about."""
        truths: dict[Ref, Truth] = {}
        for session in sessions:
            first = self.first[session.ref]
            if first not in truths:
                truths[first] = certainty(Search(self.asker, aim).run(World(frozenset({session}))))
        return {one: truths[first] for one in self.sessions if aim.enough(truths.get(first := self.first[one.ref], NO))}

    def _spread(self, start: Mapping[_Node, Truth], enough: Enough) -> dict[_Node, Truth]:
        """What holds of these, told of all that lead to them."""
        found, todo = dict(start), deque(start)
        while todo:
            node = todo.popleft()
            for source, truth in self.into[node]:
                tick()
                if source not in found and enough(truth):
                    found[source] = truth & found[node]
                    todo.append(source)
        return found

    def _tell(self, found: Mapping[_Node, Truth], aim: Aim) -> None:
        for session in self.sessions:
            self.index.reaching[session, aim.enough is surely, aim.users] = found.get(session, NO)
