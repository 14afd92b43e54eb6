"""Everybody in an account, judged: those who are alike once, roles first as far as they lead on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from iamgen_rules.account.alike import classes
from iamgen_rules.account.learning import learn
from iamgen_rules.account.model import Account, Ref
from iamgen_rules.account.roles import judge_roles
from iamgen_rules.account.verdict import Judge, Judgement


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
