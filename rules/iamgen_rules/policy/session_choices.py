"""Keys of a session that are neither fixed nor free: each is one of some options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iamgen_rules.policy.condition import tokens_of
from iamgen_rules.policy.iam_names import LETTERS, MACHINES, is_legal, is_of_iam
from iamgen_rules.policy.identity import Call, Identity
from iamgen_rules.policy.keys import AGE, PRINCIPAL_ARN, USERNAME, of_caller, of_target
from iamgen_rules.policy.mentions import Mentions
from iamgen_rules.policy.pattern import fill, parse_resource
from iamgen_rules.policy.pieces import Pieces, pieces
from iamgen_rules.policy.request import Held, Never, Request
from iamgen_rules.policy.samples import candidates
from iamgen_rules.policy.search import Choice, Option, Options
from iamgen_rules.policy.text import Text, Unknown
from iamgen_rules.policy.wildcard import Token, Wild
from iamgen_rules.policy.witnesses import Avoided, Machine, NamedLike, witnesses


def age(read: Mentions) -> Choice:
    """Seconds since MFA: any number from 0, never absent."""

    def options(request: Request) -> Options:
        found = candidates(AGE, read.conditions.get(AGE, ()), request.single)
        return Options([Option({AGE: values}, is_example=True) for values in found.values if values], found.complete)

    return Choice(frozenset({AGE}), options, has_pieces=False)


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
    taken = NamedLike(identity.taken if on_itself else identity.taken | _user_in(call.target.resource))

    def options(request: Request) -> Options:
        arns, complete = _arns(read, request, start, taken=taken, with_resources=on_itself)
        own = _named(identity.name, identity.arn, with_resource=on_itself, is_example=False)
        others = [_named(arn.rpartition("/")[2], arn, with_resource=on_itself) for arn in arns]
        return Options([own, *others], complete)

    return Choice(frozenset({USERNAME, PRINCIPAL_ARN}), options, with_resource=on_itself)


def _user_in(resource: Text) -> frozenset[str]:
    """The name of another user, on whom the call is."""
    if not isinstance(resource, str) or not is_of_iam(resource) or ":user/" not in resource:
        return frozenset()
    return frozenset({resource.rpartition("/")[2].lower()})


def _named(name: Text, arn: Text, *, with_resource: bool, is_example: bool = True) -> Option:
    return Option({USERNAME: (name,), PRINCIPAL_ARN: (arn,)}, arn if with_resource else None, is_example)


def federated_name(identity: Identity, read: Mentions) -> Choice:
    """The ARN of a federated user, whose name the caller chooses. It has no user name."""
    start = f"arn:{identity.partition}:sts::{identity.account}:federated-user/"

    def options(request: Request) -> Options:
        arns, complete = _arns(read, request, start)
        found = [Option({PRINCIPAL_ARN: (arn,)}, is_example=True) for arn in (f"{start}somebody", *arns)]
        return Options(found, complete)

    return Choice(frozenset({PRINCIPAL_ARN}), options)


def _arns(
    read: Mentions, request: Request, start: str, *, taken: Avoided = frozenset(), with_resources: bool = False
) -> tuple[list[str], bool]:
    """ARNs that begin so and meet or miss what is said of names in every way that is possible at once."""
    names, arns = pieces(USERNAME, request, read), pieces(PRINCIPAL_ARN, request, read)
    machines = dict.fromkeys((*_on_arns(read, request, arns), *_on_names(read, request, start, names)))
    if with_resources:
        machines |= dict.fromkeys(_on_resources(read, request))
    machines |= dict.fromkeys((Machine((start,)), Machine((start, "/", Wild.MANY)), *MACHINES))
    found = witnesses(tuple(machines), taken, starts=(start,), letters=LETTERS)
    complete = found.complete and names.complete and arns.complete
    return [text for text in found.texts if is_legal(text)], complete


def _on_arns(read: Mentions, request: Request, exact: Pieces) -> Iterator[Machine]:
    yield from (Machine((arn,)) for arn in exact.texts)
    for mention in read.conditions.get(PRINCIPAL_ARN, ()):
        for tokens in tokens_of(mention.condition, request.single, variables=mention.variables):
            yield Machine(tokens, mention.condition.operator.startswith("Arn"))


def _on_resources(read: Mentions, request: Request) -> Iterator[Machine]:
    for text, variables in read.resources:
        tokens = fill(parse_resource(text, variables=variables), request.single)
        if tokens:
            yield Machine(tokens, arn=True)


def _on_names(read: Mentions, request: Request, start: str, exact: Pieces) -> Iterator[Machine]:
    """Conditions on the user name as conditions on the end of its ARN."""
    ends: list[tuple[Token, ...]] = [(name,) for name in exact.texts]
    for mention in read.conditions.get(USERNAME, ()):
        ends += tokens_of(mention.condition, request.single, variables=mention.variables)
    for tokens in ends:
        yield Machine((start, *tokens))
        yield Machine((start, Wild.MANY, "/", *tokens))
