"""What calls are made on: declared users, groups, roles and policies, and names that nobody declares."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.ask import Asker, Target
from iamgen_rules.account.index import Edits, Index
from iamgen_rules.account.model import ACCOUNT, Group, Ref
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.account.session import Session, contexts
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.escalation import target_types
from iamgen_rules.policy.pattern import Lookup, fill, parse
from iamgen_rules.policy.request import Request, Values
from iamgen_rules.policy.text import Text, Unknown
from iamgen_rules.policy.wildcard import Token, Wild

UNDECLARED = "undeclared-by-iamgen"
Keys = tuple[tuple[str, Values | Unknown], ...]


def declared(index: Index, ref: Ref, keys: Keys = ()) -> Target:
    """A declared user, group or role; further keys are set by the call."""
    holder = index.get(ref)
    if isinstance(holder, Group):
        return Target(index.arn(ref), keys)
    found: dict[str, Values | Unknown] = {}
    for key, value in holder.tags.items():
        found |= {f"{space}:resourcetag/{key.lower()}": (value,) for space in ("iam", "aws")}
    if holder.boundary is not None:
        found["iam:permissionsboundary"] = (holder.boundary.policy,)
    found |= dict(keys)
    return Target(index.arn(ref), tuple(sorted(found.items(), key=lambda item: item[0])))


def administrator_policy(index: Index) -> str:
    """The ARN that an attacker attaches first."""
    return f"arn:{index.account.partition}:iam::aws:policy/AdministratorAccess"


def made_up(asker: Asker, session: Session, actions: tuple[str, ...], kind: str, edits: Edits) -> tuple[Target, ...]:
    """Undeclared IAM resources of a kind that an Allow for one of the actions may match."""
    index = asker.index
    names = _names(index, kind)
    found = {index.account.arn(kind, UNDECLARED)} | {
        sample
        for sample in _iam_samples(asker, session, actions, edits)
        if sample.split(":", 5)[5].startswith(f"{kind}/") and sample.rsplit("/", 1)[-1] not in names
    }
    return tuple(Target(resource, declared=False) for resource in sorted(found))


def _names(index: Index, kind: str) -> frozenset[str]:
    if kind == "policy":
        return frozenset(arn.rsplit("/", 1)[-1] for arn in index.policies)
    names: dict[str, frozenset[str]] = {
        "user": frozenset(index.users),
        "group": frozenset(index.groups),
        "role": frozenset(index.roles),
    }
    return names.get(kind, frozenset())


def _iam_samples(asker: Asker, session: Session, actions: tuple[str, ...], edits: Edits) -> Iterator[str]:
    partition = asker.index.account.partition
    for action in actions:
        for sample in samples(asker, session, action, edits):
            parts = sample.split(":", 5)
            if len(parts) == 6 and parts[0] == "arn":
                yield ":".join(("arn", partition, "iam", "", ACCOUNT, parts[5]))


def for_service(asker: Asker, session: Session, action: str, edits: Edits) -> tuple[Target, ...]:
    """Things that need not exist, on which a service's action may be allowed."""
    types = target_types(action)
    if types == ("*",):
        return (Target("*", declared=False),)
    start = f"arn:{asker.index.account.partition}:{action.split(':', maxsplit=1)[0]}:eu-west-1:{ACCOUNT}:"
    found = {f"{start}{type_}/{UNDECLARED}" for type_ in types}
    for sample in samples(asker, session, action, edits):
        parts = sample.split(":", 5)
        if len(parts) == 6 and parts[5].startswith((*types, UNDECLARED)):
            found.add(sample)
    return tuple(Target(resource, declared=False) for resource in sorted(found))


def samples(asker: Asker, session: Session, action: str, edits: Edits) -> Iterator[str]:
    """A text for each resource pattern of the Allow statements that bear on an action."""
    context = contexts(asker.index, session, edits, asker.now)[0]
    lookup = Request(action, "", context).single
    for binding in asker.index.bindings(session.ref, edits):
        for text, document in _resources(binding.document, action):
            sample = _sample(text, document, lookup)
            if sample is not None:
                yield sample


def _resources(document: Document, action: str) -> Iterator[tuple[Text, Document]]:
    for statement in document.statements:
        if (
            statement.effect == "Allow"
            and not statement.resources.inverted
            and bears_on(statement, action, declared=True)
        ):
            for text in statement.resources.values:
                yield text, document


def _sample(text: Text, document: Document, lookup: Lookup) -> str | None:
    tokens = fill(parse(text, variables=document.has_variables), lookup)
    if tokens is None:
        return None
    return "".join(token if isinstance(token, str) else "x" if token is Wild.ANY else UNDECLARED for token in tokens)


def reachable_names(asker: Asker, session: Session, actions: tuple[str, ...], edits: Edits) -> frozenset[str] | None:
    """The last names of the resources that Allow statements for the actions name; None where any name may fit."""
    context = contexts(asker.index, session, edits, asker.now)[0]
    lookup = Request("", "", context).single
    found: set[str] = set()
    for binding in asker.index.bindings(session.ref, edits):
        for action in actions if binding.how != "boundary" else ():
            names = _last_names(binding.document, action, lookup)
            if names is None:
                return None
            found |= names
    return frozenset(found)


def _last_names(document: Document, action: str, lookup: Lookup) -> set[str] | None:
    found: set[str] = set()
    for statement in document.statements:
        if statement.effect == "Deny" or not bears_on(statement, action, declared=True):
            continue
        if statement.resources.inverted:
            return None
        for text in statement.resources.values:
            last = _last_name(fill(parse(text, variables=document.has_variables), lookup))
            if not last:
                return None
            found.add(last)
    return None if document.missing else found


def _last_name(tokens: tuple[Token, ...] | None) -> str:
    """What stands after the last slash, where that is known letter by letter; else nothing."""
    ending = ""
    for token in reversed(tokens or ()):
        if not isinstance(token, str):
            return ""
        ending = token + ending
        if "/" in ending:
            return ending.rsplit("/", 1)[-1]
    return ""
