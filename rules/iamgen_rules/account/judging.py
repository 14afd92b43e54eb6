"""Everybody in an account, judged: those who are alike once, roles first as far as they lead on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from iamgen_rules.account.alike import classes
from iamgen_rules.account.hands import World
from iamgen_rules.account.index import NO_EDITS, Index
from iamgen_rules.account.model import Account, Ref
from iamgen_rules.account.reach import Aim, Search, certainty, perhaps, surely
from iamgen_rules.account.roles import judge_roles
from iamgen_rules.account.session import OF_ROLE, Session
from iamgen_rules.account.verdict import Judge, Judgement
from iamgen_rules.policy.session import Kind


def learn(judge_: Judge) -> None:
    """Find out which roles reach full rights by themselves, those first that others may enter."""
    index = judge_.index
    alike = classes((Ref("role", one.name), index.alike.role(one)) for one in index.account.roles)
    for ref in _inner_first(index):
        for kind in OF_ROLE:
            _learn(judge_, ref, alike[ref], kind)


def _learn(judge_: Judge, ref: Ref, first: Ref, kind: Kind) -> None:
    reaching = judge_.index.reaching
    start = World(frozenset({Session(first, kind)}))
    if (first, kind, False) not in reaching:
        for sure in (False, True):
            search = Search(judge_.asker, Aim(surely if sure else perhaps))
            reaching[first, kind, sure] = certainty(search.run(start))
            if search.barren and reaching[first, kind, sure].is_no:
                judge_.index.barren.add((first, kind, sure))
    for sure in (False, True):
        reaching[ref, kind, sure] = reaching[first, kind, sure]
        if (first, kind, sure) in judge_.index.barren:
            judge_.index.barren.add((ref, kind, sure))


def _inner_first(index: Index) -> Iterator[Ref]:
    """Every role, after those that it may enter."""
    seen: set[Ref] = set()
    for start in sorted(index.roles):
        todo = [(Ref("role", start), False)]
        while todo:
            ref, done = todo.pop()
            if done:
                yield ref
            elif ref not in seen:
                seen.add(ref)
                todo.append((ref, True))
                todo += [(Ref("role", one.name), False) for one in index.enterable(ref, NO_EDITS)]


def judge(account: Account, now: datetime) -> dict[Ref, Judgement]:
    """Every user, group and role, in the order of the model. `now` is the moment that policies are judged at."""
    return judged_by(Judge(account, now))


def judged_by(judge_: Judge) -> dict[Ref, Judgement]:
    """The same, by a judge that can be asked for proofs afterwards."""
    account = judge_.account
    learn(judge_)
    alike = judge_.index.alike
    users = classes((Ref("user", one.name), alike.user(one)) for one in account.users)
    groups = classes((Ref("group", one.name), alike.group(one)) for one in account.groups)
    found: dict[Ref, Judgement] = {}
    for ref, first in (users | groups).items():
        if ref != first:
            found[ref] = replace(found[first], ref=ref, like=first)
        else:
            found[ref] = judge_.user(ref.name) if ref.kind == "user" else judge_.group(ref.name)
    for ref in _with_members_gated(account, found):
        found[ref] = replace(found[ref], members_gated=True)
    return found | judge_roles(judge_, found)


def _with_members_gated(account: Account, found: Mapping[Ref, Judgement]) -> Iterator[Ref]:
    """Groups whose membership is exclusive and wholly known, and every member is gated or no administrator."""
    open_: set[str] = set()
    for user in account.users:
        gated = found[Ref("user", user.name)].verdict in ("gated", "not-admin")
        open_ |= {one.group for one in user.groups if not gated or one.missing}
    yield from (Ref("group", one.name) for one in account.groups if one.exclusive and one.name not in open_)
