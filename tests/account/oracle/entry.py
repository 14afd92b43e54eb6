"""Whom a role's trust lets in without MFA, whatever they may do at home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from account.oracle.contexts import NOW, PATHS, PRESENT, TAG_VALUES, Keys, chosen
from account.oracle.requests import Book
from account.oracle.world import ALL, arn
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.request import Caller, Request

FOREIGN = "999999999999"
_ARN = re.compile(r"arn:aws:(?:iam|sts)::([0-9]{12}):(.+)")


class Openings(NamedTuple):
    """Whom a trust, by its number, lets in without MFA; `aws`: whether it trusts users or roles at all.

    `anybody`: a user, or all of the account; `roles` by name; `undeclared`: a role that nobody declares.
    """

    trust: int
    aws: bool
    is_open: bool
    foreign: bool
    anybody: bool
    roles: frozenset[str]
    undeclared: bool


def openings(book: Book, role: str) -> Openings:
    number = next(party.trust for party in book.start.parties if party.key == ("role", role))
    declared = {party.name for party in book.start.parties if party.kind == "role"}
    values = [
        str(principal.value)
        for statement in book.documents.all[number].statements
        for principal in statement.principals
        if statement.effect == "Allow" and principal.type == "AWS"
    ]
    entries = [entry for value in values for entry in _entries(value)]
    open_ = [one for one in entries if _lets_in(book, number, one)]
    roles = {_role_name(one.arns[0]) for one in open_ if one.is_role and one.account == ACCOUNT}
    return Openings(
        trust=number,
        aws=bool(values),
        is_open=bool(open_),
        foreign=any(one.account != ACCOUNT for one in open_),
        anybody=any(not one.is_role for one in open_),
        roles=frozenset(str(one) for one in roles & declared),
        undeclared=bool(roles - declared),
    )


def _entries(value: str) -> Iterator[Caller]:
    """The callers that an entry of a trust policy stands for."""
    if value == "*":
        yield _somebody(FOREIGN)
        yield _somebody(ACCOUNT)
        return
    found = _ARN.fullmatch(value)
    account, rest = (found[1], found[2]) if found else (value, "root")
    if rest == "root":
        yield _somebody(account)
    else:
        yield Caller("AWS", account, (value,), is_role=rest.startswith(("role/", "assumed-role/")))


def _somebody(account: str) -> Caller:
    return Caller("AWS", account, (f"arn:aws:iam::{account}:user/somebody",))


def _role_name(value: object) -> str:
    rest = str(value).split(":", 5)[5]
    return rest.split("/")[1] if rest.startswith("assumed-role/") else rest.rsplit("/", 1)[-1]


def _lets_in(book: Book, trust: int, caller: Caller) -> bool:
    policies = Policies(
        (Policy("", ALL),), trust=Policy("", book.documents.all[trust]), own_account=caller.account == ACCOUNT
    )
    fixed: Keys = {
        "aws:currenttime": (NOW,),
        "aws:principalaccount": (caller.account,),
        "aws:principaltype": ("AssumedRole" if caller.is_role else "User",),
        "aws:viaawsservice": ("false",),
        "aws:principalisawsservice": ("false",),
    }
    return any(
        decide(Request("sts:AssumeRole", "x", {**fixed, **labels, **session}, caller), policies).is_yes
        for labels in _labels(book, caller)
        for session in _sessions(caller)
    )


def _sessions(caller: Caller) -> Iterator[Keys]:
    """An access key's, the console's without MFA; a role's, which may be either."""
    temporary: Keys = {"aws:tokenissuetime": (NOW,)}
    yield temporary if caller.is_role else {}
    yield {**temporary, PRESENT: ("false",)}


def _labels(book: Book, caller: Caller) -> Iterator[Keys]:
    """Any tags and free keys; any name and path for one of an account, for others their own."""
    for names in _names(book, caller):
        for tags in chosen(dict.fromkeys(book.spoken.tags("aws:principaltag/"), TAG_VALUES)):
            for free in book.contexts.chosen():
                yield {**names, **tags, **free}


def _names(book: Book, caller: Caller) -> Iterator[Keys]:
    own = str(caller.arns[0])
    if caller.is_role:
        yield {"aws:principalarn": (own,)}
    elif not own.endswith("/somebody"):
        yield {"aws:username": (own.rsplit("/", 1)[-1],), "aws:principalarn": (own,)}
    else:
        for name, path in product(("somebody", *sorted(book.spoken.users), *book.spoken.free_names), PATHS):
            free = arn("user", name, path).replace(ACCOUNT, caller.account)
            yield {"aws:username": (name,), "aws:principalarn": (free,)}
