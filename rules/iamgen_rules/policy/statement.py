"""Whether a statement applies to a request, part by part.

Sources: "IAM JSON policy elements reference"; for incomplete ARNs "IAM identifiers" (IAM User Guide).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from iamgen_rules.policy.condition import holds
from iamgen_rules.policy.document import Condition, Document, Selection, Statement
from iamgen_rules.policy.pattern import fill, lowered, parse, parse_resource
from iamgen_rules.policy.principal import Naming, names
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.text import Text, parts_of
from iamgen_rules.policy.truth import NO, Truth, all_of, any_of, both, unknown
from iamgen_rules.policy.wildcard import SEGMENT_ENDS, Token, Wild, match


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement, with its condition where it is one, and whether it fits the request."""

    what: Literal["Action", "Resource", "Principal", "Condition", "statement"]
    fits: Truth
    condition: Condition | None = None


def statement_applies(
    statement: Statement, document: Document, request: Request, naming: Naming | None = None
) -> Truth:
    """Whether all parts of a statement fit the request; `naming` as in `principal.names`, None for any."""
    tick()
    readings = [
        all_of(part.fits for part in parts(statement, request, naming, variables=variables))
        for variables in document.readings
    ]
    if len({reading.level for reading in readings}) == 1:
        return readings[0] if len(readings) == 1 else both(*readings)
    missing = frozenset().union(*(reading.missing for reading in readings))
    return unknown(*missing, *_names(document.version))


def _names(text: Text) -> Iterator[str]:
    return (part.name for part in parts_of(text) if not isinstance(part, str))


def parts(statement: Statement, request: Request, naming: Naming | None = None, *, variables: bool) -> Iterator[Part]:
    """Each part of the statement, in the order in which AWS documents them.

    `variables`: whether `${…}` is a policy variable.
    """
    yield Part("Action", _actions(statement.actions, request.action.lower()))
    if statement.principals:
        yield Part("Principal", _principals(statement, request, naming))
    else:
        yield Part("Resource", _resources(statement.resources, request, variables=variables))
    for condition in statement.conditions:
        yield Part("Condition", holds(condition, request, variables=variables), condition)
    if statement.missing:
        yield Part("statement", unknown(*statement.missing))


def _principals(statement: Statement, request: Request, naming: Naming | None) -> Truth:
    if request.caller is None:
        return NO
    caller = request.caller
    ways: Sequence[Naming] = tuple(Naming) if naming is None else (naming,)
    return any_of(names(statement.principals, caller, way) for way in ways)


def _actions(selection: Selection, action: str) -> Truth:
    matched = any_of(match(_action(value), action) for value in selection.values)
    return ~matched if selection.inverted else matched


@lru_cache(maxsize=16384)
def _action(value: Text) -> tuple[Token, ...]:
    return lowered(parse(value, variables=False))


def _resources(selection: Selection, request: Request, *, variables: bool) -> Truth:
    patterns = (fill(parse_resource(value, variables=variables), request.single) for value in selection.values)
    matched = any_of(resource_fits(tokens, request.resource) for tokens in patterns if tokens is not None)
    return ~matched if selection.inverted else matched


def resource_fits(tokens: tuple[Token, ...], resource: Text) -> Truth:
    """Whether a resource is one that a pattern means: one of fewer than six segments means all that begin so."""
    found = match(tokens, resource, arn=True)
    if found.is_yes or not is_incomplete(tokens):
        return found
    return found | match((*tokens, ":", Wild.MANY), resource, arn=True)


@lru_cache(maxsize=16384)
def is_incomplete(tokens: tuple[Token, ...]) -> bool:
    """Whether a pattern has fewer segments than an ARN."""
    known = [token for token in tokens if isinstance(token, str)]
    begins = bool(tokens) and isinstance(tokens[0], str) and tokens[0].startswith("arn:")
    return begins and sum(token.count(":") for token in known) < SEGMENT_ENDS
