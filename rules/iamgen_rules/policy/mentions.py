"""What of some policies can matter to a request, and which condition keys that reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Condition, Document, Statement
from iamgen_rules.policy.pattern import keys as keys_of
from iamgen_rules.policy.pattern import parse
from iamgen_rules.policy.request import Held, Request
from iamgen_rules.policy.statement import statement_applies
from iamgen_rules.policy.text import Text, Unknown

OPEN = Unknown("iamgen:open")  # the value of a key that is still to be chosen; no answer names it


@dataclass(frozen=True, slots=True)
class Mention:
    """A condition on a key, and whether `${…}` is a variable in it."""

    condition: Condition
    variables: bool


@dataclass(frozen=True, slots=True)
class Mentions:
    """The keys that conditions are on, with them; and the keys that policy variables read, with where they do.

    `readers` has a key's patterns with the condition key that they are compared with, or None for the resource;
    `resources` all patterns of the resource, and whether `${…}` is a variable in them.
    """

    conditions: dict[str, list[Mention]] = field(default_factory=dict)
    readers: dict[str, list[tuple[Text, str | None]]] = field(default_factory=dict)
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
    found.resources.extend((text, document.has_variables) for text in statement.resources.values)
    if True in document.readings:
        for text, compared_with in _texts(statement):
            for key in keys_of(parse(text, variables=True)):
                found.readers.setdefault(key, []).append((text, compared_with))


def _texts(statement: Statement) -> Iterator[tuple[Text, str | None]]:
    for condition in statement.conditions:
        for text in condition.values:
            yield text, condition.key
    for text in statement.resources.values:
        yield text, None
