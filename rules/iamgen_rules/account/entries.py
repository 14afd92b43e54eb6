"""The entries of a trust policy, and whether each lets its principal in without MFA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from iamgen_rules.account.index import EVERYTHING
from iamgen_rules.account.model import ACCOUNT, Account, Role
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Document, Principal
from iamgen_rules.policy.request import Caller, Request, Values
from iamgen_rules.policy.search import possible
from iamgen_rules.policy.text import Unknown
from iamgen_rules.policy.truth import Truth, any_of

_FOREIGN = "999999999999"
_ARN = re.compile(r"arn:[a-z-]+:(?:iam|sts)::([0-9]{12}):(.+)")
_WITHOUT: tuple[dict[str, Values | Unknown], ...] = ({}, {"aws:multifactorauthpresent": ("false",)})
_ABSENT = (
    "aws:multifactorauth",
    "saml:",
    "aws:federatedprovider",
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceorg",
    "aws:sourceidentity",
    "aws:calledvia",
    "aws:principalservicename",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whom the trust lets in: whether without MFA, whether from outside; the role's name where it is one."""

    open: Truth
    foreign: bool
    role: str = ""


def entries(account: Account, role: Role) -> Iterator[Entry]:
    """Every AWS principal of the trust policy's Allow statements."""
    for statement in role.trust.statements:
        for principal in statement.principals if statement.effect == "Allow" else ():
            if principal.type == "AWS":
                yield from _entries(account, role, principal)


def _entries(account: Account, role: Role, principal: Principal) -> Iterator[Entry]:
    value = principal.value
    own_user = account.arn("user", "iamgen-somebody")
    if not isinstance(value, str):
        yield Entry(_open(role.trust, _user(own_user, ACCOUNT)), foreign=False)
        return
    if value == "*":
        yield Entry(_open(role.trust, _user(own_user.replace(ACCOUNT, _FOREIGN), _FOREIGN)), foreign=True)
        yield Entry(_open(role.trust, _user(own_user, ACCOUNT)), foreign=False)
        return
    found = _ARN.fullmatch(value)
    number, rest = (found[1], found[2]) if found else (value, "root")
    yield _one(account, role, number, rest, value)


def _one(account: Account, role: Role, number: str, rest: str, value: str) -> Entry:
    arn = account.arn("user", "iamgen-somebody").replace(ACCOUNT, number) if rest == "root" else value
    if rest.startswith(("role/", "assumed-role/")):
        open_ = _open(role.trust, Caller("AWS", number, (arn,), is_role=True))
        name = rest.split("/")[1] if rest.startswith("assumed-role/") else rest.rsplit("/", 1)[-1]
        return Entry(open_, foreign=number != ACCOUNT, role=name if number == ACCOUNT else "")
    return Entry(_open(role.trust, _user(arn, number)), foreign=number != ACCOUNT)


def _user(arn: str, number: str) -> Caller:
    return Caller("AWS", number, (arn,))


@lru_cache(maxsize=4096)
def _open(trust: Document, caller: Caller) -> Truth:
    """Whether the trust lets a caller in that may do everything at home, but has no MFA."""
    policies = Policies(
        (Policy("", EVERYTHING),), trust=Policy("the trust", trust), own_account=caller.account == ACCOUNT
    )
    fixed: dict[str, Values | Unknown] = {
        "aws:principalaccount": (caller.account,),
        "aws:principaltype": ("AssumedRole" if caller.is_role else "User",),
        "aws:viaawsservice": ("false",),
        "aws:principalisawsservice": ("false",),
    }
    requests = (Request("sts:AssumeRole", "*", {**fixed, **context}, caller) for context in _WITHOUT)
    return any_of(possible(request, policies, lambda key: not key.startswith(_ABSENT)).allowed for request in requests)
