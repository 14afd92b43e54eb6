"""What of some policies can matter to a request, and which condition keys that reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Condition, Document, Statement
from iamgen_rules.policy.pattern import Pattern, parse, parse_resource
from iamgen_rules.policy.pattern import keys as keys_of
from iamgen_rules.policy.request import OPEN, Held, Request
from iamgen_rules.policy.statement import statement_applies
from iamgen_rules.policy.text import Text


@dataclass(frozen=True, slots=True)
class Mention:
    """A condition on a key, and whether `${…}` is a variable in it."""

    condition: Condition
    variables: bool


class Reader(NamedTuple):
    """A pattern with variables, and the condition key that it is compared with, or None for the resource."""

    pattern: Pattern
    compared_with: str | None
    ignores_case: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """The keys that conditions are on, with them; and the keys that policy variables read, with where they do.

    `readers` has the patterns with variables of a key; `resources` all texts that are compared with the resource,
    and whether `${…}` is a variable in them.
    """

    conditions: dict[str, list[Mention]] = field(default_factory=dict)
    readers: dict[str, list[Reader]] = field(default_factory=dict)
    resources: list[tuple[Text, bool]] = field(default_factory=list)

    def keys(self) -> set[str]:
        """All of them."""
        return self.conditions.keys() | self.readers.keys()


class _Open(dict[str, Held]):
    """A context in which every key that is not fixed may have any value."""

    def get(self, key: str, default: object = None) -> Held:
        del default
        return super().get(key, OPEN)


def opened(request: Request) -> Request:
    """The request with nothing known of the keys that it does not fix."""
    return replace(request, context=_Open(request.context))


def relevant(policies: Policies, request: Request) -> Policies:
    """The policies without the statements that cannot apply, whatever the request's unknown keys are."""
    return replace(
        policies,
        identity=tuple(_relevant(policy, request) for policy in policies.identity),
        boundary=policies.boundary and _relevant(policies.boundary, request),
        scps=tuple(tuple(_relevant(policy, request) for policy in level) for level in policies.scps),
        trust=policies.trust and _relevant(policies.trust, request),
    )


def _relevant(policy: Policy, request: Request) -> Policy:
    document = policy.document
    kept = tuple(one for one in document.statements if not statement_applies(one, document, request).is_no)
    if len(kept) == len(document.statements):
        return policy
    return Policy(policy.name, replace(document, statements=kept))


def mentions(policies: Policies) -> Mentions:
    """The keys that the policies read."""
    found = Mentions()
    for policy in policies.all():
        for statement in policy.document.statements:
            _add(found, statement, policy.document)
    return found


def _add(found: Mentions, statement: Statement, document: Document) -> None:
    for condition in statement.conditions:
        of_key = found.conditions.setdefault(condition.key, [])
        of_key += [Mention(condition, variables) for variables in document.readings]
    found.resources.extend((text, variables) for text in statement.resources.values for variables in document.readings)
    if True in document.readings:
        for reader in _readers(statement):
            for key in keys_of(reader.pattern):
                found.readers.setdefault(key, []).append(reader)


def _readers(statement: Statement) -> Iterator[Reader]:
    for condition in statement.conditions:
        ignores_case = condition.operator.endswith("IgnoreCase")
        yield from (Reader(parse(text, variables=True), condition.key, ignores_case) for text in condition.values)
    yield from (Reader(parse_resource(text, variables=True), None) for text in statement.resources.values)
