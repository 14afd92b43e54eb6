"""Keys of a session that are neither fixed nor free: each is one of some options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iamgen_rules.policy.condition import tokens_of
from iamgen_rules.policy.identity import Call, Identity
from iamgen_rules.policy.keys import AGE, PRINCIPAL_ARN, USERNAME, of_caller, of_target
from iamgen_rules.policy.mentions import Mentions
from iamgen_rules.policy.pattern import fill, parse
from iamgen_rules.policy.pieces import pieces
from iamgen_rules.policy.request import Held, Never, Request
from iamgen_rules.policy.samples import candidates
from iamgen_rules.policy.search import Choice, Option, Options
from iamgen_rules.policy.text import Text, Unknown
from iamgen_rules.policy.wildcard import Wild
from iamgen_rules.policy.witnesses import Machine, NamedLike, witnesses

_NAME = re.compile(r"[\w+=,.@-]+", re.ASCII)
_PATH_AND_NAME = re.compile(r"(?:[\x21-\x7e]+/)*[\w+=,.@-]+", re.ASCII)


def age(read: Mentions) -> Choice:
    """Seconds since MFA: any number from 0, never absent."""

    def options(request: Request) -> Options:
        found = candidates(AGE, read.conditions.get(AGE, ()), request.single)
        return Options([Option({AGE: values}) for values in found.values if values], found.complete)

    return Choice(frozenset({AGE}), options)


def set_by_call(call: Call) -> Iterator[Choice]:
    """The keys that the call may set to one of several values."""
    for key, alternatives in call.keys.items():
        if len(alternatives) > 1:
            yield _one_of(key, alternatives)


def unknown_tags(identity: Identity, call: Call, read: Mentions) -> Iterator[Choice]:
    """Tags of the caller or the target of which nothing is known; and those of a target that is not declared."""
    for key in sorted(read.keys()):
        if of_caller(key) and isinstance(identity.tags, Unknown) and not identity.free_tags:
            yield _one_of(key, (identity.tags,))
        if of_target(key) and not call.target.free_tags:
            tags = call.target.tags
            if tags is None or isinstance(tags, Unknown):
                yield _one_of(key, (Never.MET if tags is None else tags,))


def _one_of(key: str, alternatives: Iterable[Held | None]) -> Choice:
    found = Options([Option({key: held}) for held in alternatives])
    return Choice(frozenset({key}), lambda _: found)


def own_name(identity: Identity, call: Call, read: Mentions) -> Choice:
    """The name and path that a user gives itself, and with them its ARN; a call on itself is then on that."""
    start = f"arn:{identity.partition}:iam::{identity.account}:user/"
    on_itself = call.target.resource == identity.arn
    taken = identity.taken if on_itself else identity.taken | _user_in(call.target.resource)

    def options(request: Request) -> Options:
        machines = [*_machines(read, request, start), *(_on_resources(read, request) if on_itself else ())]
        further, complete = _arns(machines, start, taken=taken)
        named: dict[Text, Text] = {identity.arn: identity.name}
        named |= {start + name: name for name in pieces(USERNAME, request, read) if _NAME.fullmatch(name)}
        named |= {arn: arn.rpartition("/")[2] for arn in further}
        free = {arn: name for arn, name in named.items() if name == identity.name or not _is_taken(name, taken)}
        found = [_named(name, arn, with_resource=on_itself) for arn, name in free.items()]
        return Options(found, complete)

    return Choice(frozenset({USERNAME, PRINCIPAL_ARN}), options, with_resource=on_itself)


def _user_in(resource: Text) -> frozenset[str]:
    """The name of another user, on whom the call is."""
    if not isinstance(resource, str) or ":user/" not in resource:
        return frozenset()
    return frozenset({resource.rpartition("/")[2].lower()})


def _is_taken(name: Text, taken: frozenset[str]) -> bool:
    """Names are unique whatever their case and path."""
    return isinstance(name, str) and name.lower() in taken


def _named(name: Text, arn: Text, *, with_resource: bool) -> Option:
    return Option({USERNAME: (name,), PRINCIPAL_ARN: (arn,)}, arn if with_resource else None)


def federated_name(identity: Identity, read: Mentions) -> Choice:
    """The ARN of a federated user, whose name the caller chooses. It has no user name."""
    start = f"arn:{identity.partition}:sts::{identity.account}:federated-user/"

    def options(request: Request) -> Options:
        further, complete = _arns(_machines(read, request, start), start)
        return Options([Option({PRINCIPAL_ARN: (arn,)}) for arn in (f"{start}somebody", *further)], complete)

    return Choice(frozenset({PRINCIPAL_ARN}), options)


def _arns(machines: Iterable[Machine], start: str, taken: frozenset[str] = frozenset()) -> tuple[list[str], bool]:
    """ARNs that begin so and meet or miss what is said of names in every way that is possible at once."""
    distinct = dict.fromkeys(machines)
    if not distinct:
        return [], True
    validity = (Machine((start, Wild.MANY, Wild.ANY)), Machine((Wild.MANY, "/")))
    found = witnesses((*distinct, *validity), NamedLike(taken), starts=(start,))
    return [text for text in found.texts if _PATH_AND_NAME.fullmatch(text.removeprefix(start))], found.complete


def _machines(read: Mentions, request: Request, start: str) -> Iterator[Machine]:
    yield from _on_arns(read, request)
    yield from _on_names(read, request, start)


def _on_arns(read: Mentions, request: Request) -> Iterator[Machine]:
    for mention in read.conditions.get(PRINCIPAL_ARN, ()):
        for tokens in tokens_of(mention.condition, request.single, variables=mention.variables):
            yield Machine(tokens, mention.condition.operator.startswith("Arn"))


def _on_resources(read: Mentions, request: Request) -> Iterator[Machine]:
    for text, variables in read.resources:
        tokens = fill(parse(text, variables=variables), request.single)
        if tokens:
            yield Machine(tokens, arn=True)


def _on_names(read: Mentions, request: Request, start: str) -> Iterator[Machine]:
    """Conditions on the user name as conditions on the end of its ARN."""
    for mention in read.conditions.get(USERNAME, ()):
        for tokens in tokens_of(mention.condition, request.single, variables=mention.variables):
            yield Machine((start, *tokens))
            yield Machine((start, Wild.MANY, "/", *tokens))
