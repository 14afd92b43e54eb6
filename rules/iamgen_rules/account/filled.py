"""What policy variables make of policies: whom a caller's own name and tags let it mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from iamgen_rules.account.model import Account, Role, User
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.keys import PRINCIPAL_ARN, PRINCIPAL_TAG, USERNAME, of_caller, of_target
from iamgen_rules.policy.pattern import Pattern, Variable, fill, parse
from iamgen_rules.policy.text import Text

_ONESELF = re.compile(r"user/(?:.*/)?\$\{aws:username\}", re.IGNORECASE)
_KINDS = ("user/", "group/", "role/", "policy/")
_LABELS = frozenset({USERNAME, PRINCIPAL_ARN})
_ARN_SEGMENTS = 6


class Filled(NamedTuple):
    """ARNs of callers whose variables mean somebody or something in particular, and of whom they mean.

    With `apart` a variable stands beside a wildcard or an unknown, and anybody may be meant.
    """

    arns: frozenset[str] = frozenset()
    apart: bool = False


def filled(account: Account, documents: Iterable[Document]) -> Filled:
    """Read the variables that can tell principals apart; that `${aws:username}` means oneself is true of everybody."""
    read = [document for document in documents if True in document.readings]
    resources = frozenset(pattern for document in read for pattern in _resources(account, document))
    names = frozenset(pattern for document in read for pattern in _of_names(document))
    tags = frozenset(pattern for document in read for pattern in _of_tags(document))
    if not resources and not names and not tags:
        return Filled()
    declared, named, tagged = dict(_declared(account)), frozenset(_names(account)), frozenset(_tags(account))
    arns: set[str] = set()
    for arn, caller in _callers(account):
        values = _values(arn, caller)
        meant = {_text(pattern, values) for pattern in resources} - {None}
        as_names = {_text(pattern, values) for pattern in names} - {None}
        as_tags = {_text(pattern, values) for pattern in tags} - {None}
        if "" in meant | as_names | as_tags:
            return Filled(apart=True)
        hit = {declared[text] for text in meant if text in declared} - {arn}
        if hit or not named.isdisjoint(as_names) or not tagged.isdisjoint(as_tags):
            arns |= {arn, *hit}
    return Filled(frozenset(arns))


def _resources(account: Account, document: Document) -> Iterator[Pattern]:
    """What follows the fifth colon of the resources that may mean something declared."""
    services = {"iam", *(one.arn.split(":")[2] for one in account.compute)}
    for statement in document.statements:
        for text in statement.resources.values:
            segments = text.split(":", _ARN_SEGMENTS - 1) if isinstance(text, str) else []
            if len(segments) < _ARN_SEGMENTS:
                yield from _with_variables(text)
            elif segments[2] in services or "*" in segments[2]:
                rest = segments[-1]
                of_iam_alone = segments[2] == "iam" and rest.partition("/")[0].isalpha()
                if not _ONESELF.fullmatch(rest) and not (of_iam_alone and not rest.startswith(_KINDS)):
                    yield from _with_variables(rest)


def _of_names(document: Document) -> Iterator[Pattern]:
    """What the caller's name and ARN are compared to."""
    for statement in document.statements:
        for condition in statement.conditions:
            if condition.key in _LABELS:
                for text in condition.values:
                    yield from _with_variables(text)


def _of_tags(document: Document) -> Iterator[Pattern]:
    """The names that tags are compared to; which tags somebody has tells apart by itself."""
    for statement in document.statements:
        for condition in statement.conditions:
            if of_caller(condition.key) or of_target(condition.key):
                for pattern in (one for text in condition.values for one in _with_variables(text)):
                    if any(isinstance(one, Variable) and one.key in _LABELS for one in pattern):
                        yield pattern


def _with_variables(text: Text) -> Iterator[Pattern]:
    pattern = parse(text, variables=True)
    if any(isinstance(one, Variable) for one in pattern):
        yield pattern


def _text(pattern: Pattern, values: Mapping[str, Text]) -> str | None:
    """The pattern as one text; empty where that is not known, None where a variable has no value."""
    tokens = fill(pattern, values.get)
    if tokens is None:
        return None
    known = [one for one in tokens if isinstance(one, str)]
    return "".join(known) if len(known) == len(tokens) else ""


def _callers(account: Account) -> Iterator[tuple[str, User | Role]]:
    for user in account.users:
        yield account.arn("user", user.name, user.path), user
    for role in account.roles:
        yield account.arn("role", role.name, role.path), role


def _values(arn: str, caller: User | Role) -> dict[str, Text]:
    values: dict[str, Text] = {PRINCIPAL_ARN: arn}
    if isinstance(caller, User):
        values[USERNAME] = caller.name
    if isinstance(caller.tags, Mapping):
        values |= {f"{PRINCIPAL_TAG}{key.lower()}": value for key, value in caller.tags.items()}
    return values


def _declared(account: Account) -> Iterator[tuple[str, str]]:
    """What is declared, by what follows the fifth colon of its ARN."""
    groups = (account.arn("group", one.name, one.path) for one in account.groups)
    others = (*(one.arn for one in account.policies), *(one.arn for one in account.compute))
    for arn in (*(arn for arn, _ in _callers(account)), *groups, *others):
        yield arn.split(":", _ARN_SEGMENTS - 1)[-1], arn


def _names(account: Account) -> Iterator[str]:
    for arn, caller in _callers(account):
        yield from (arn, caller.name)


def _tags(account: Account) -> Iterator[str]:
    for _, caller in _callers(account):
        if isinstance(caller.tags, Mapping):
            yield from (value for value in caller.tags.values() if isinstance(value, str))
