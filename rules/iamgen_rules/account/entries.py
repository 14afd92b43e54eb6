"""The entries of a trust policy, and whether each lets its principal in without MFA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from iamgen_rules.account.binding import EVERYTHING
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.model import ACCOUNT, Account, Role
from iamgen_rules.account.session import WITHOUT_MFA
from iamgen_rules.policy.ask import directly
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Principal, Statement
from iamgen_rules.policy.identity import Call, Identity, Target, a_member
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.truth import Truth, any_of

_FOREIGN = "999999999999"
_NUMBER = re.compile(r"[0-9]{12}")
_ARN = re.compile(r"arn:([a-z-]+):(?:iam|sts)::([0-9]{12}):(root|user|role|assumed-role)(/(?:[^/]+/)*)?([^/]*)")
_ALL = Policies((Policy("everything", EVERYTHING),))


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whom a statement of the trust lets in: whether without MFA, whether from outside.

    `role` is the name of the declared or undeclared role that it is, if it is one of the account's.
    """

    statement: Statement
    principal: Principal
    open: Truth
    foreign: bool
    role: str = ""


def entries(account: Account, role: Role, now: datetime) -> Iterator[Entry]:
    """Every AWS principal of the trust policy's Allow statements, with all rights at home."""
    for statement in role.trust.statements:
        for principal in statement.principals if statement.effect == "Allow" else ():
            for caller in _callers(account, principal):
                foreign = caller.account != ACCOUNT
                name = caller.name if caller.kind == "role" and not foreign else ""
                open_ = _open(account, role, statement, caller, now)
                yield Entry(statement, principal, open_, foreign=foreign, role=str(name))


def _callers(account: Account, principal: Principal) -> Iterator[Identity]:
    value = principal.value
    if principal.type not in ("AWS", "*"):
        return
    if value == "*":
        yield a_member(_FOREIGN, account.partition)
    if value == "*" or not isinstance(value, str):
        yield a_member(ACCOUNT, account.partition)
    elif found := _NUMBER.fullmatch(value):
        yield a_member(found[0], account.partition)
    elif found := _ARN.fullmatch(value):
        yield _named(*found.groups(default="/"))


def _named(partition: str, number: str, kind: str, path: str, name: str) -> Identity:
    """The principal of an ARN: its tags may be any."""
    if kind == "root":
        return a_member(number, partition)
    if kind == "user":
        return Identity("user", name, number, path, partition, free_tags=True)
    if kind == "assumed-role":
        path, name = "/", path.strip("/")
    return Identity("role", name, number, path, partition, free_tags=True)


def _open(account: Account, role: Role, statement: Statement, caller: Identity, now: datetime) -> Truth:
    denies = (one for one in role.trust.statements if one.effect == "Deny")
    trust = Policy(f"the trust of role {role.name}", replace(role.trust, statements=(statement, *denies)))
    target = Target(
        account.arn("role", role.name, role.path), role.tags, trust=trust, own_account=caller.account == ACCOUNT
    )
    kinds = (Kind.ROLE,) if caller.kind == "role" else WITHOUT_MFA
    return any_of(directly(Session(caller, kind), Call(ASSUME, target), _ALL, now=now).allowed for kind in kinds)
