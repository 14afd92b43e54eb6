"""What narrows a Deny that asks for MFA, so that the caller can keep out of its reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.facts import PROBE
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.gates.repair import condition_place
from iamgen_rules.gates.statements import element, other_conditions
from iamgen_rules.policy.condition import holds
from iamgen_rules.policy.document import Condition, Document, Statement
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.keys import is_absent, of_caller, of_target
from iamgen_rules.policy.mentions import Mention
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.samples import candidates
from iamgen_rules.policy.session import Kind, Session, requests
from iamgen_rules.policy.statement import Part, parts
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.source import Place

_SOMEBODY = Identity("user", MADE_UP, ACCOUNT)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A part of a Deny that a request can miss: a condition, its resources or its actions."""

    words: str
    place: Place
    condition: Condition | None = None


def narrowings(binding: Binding, statement: Statement, now: datetime) -> Iterator[Narrowing]:
    """Conditions on keys that the caller chooses, and resources that are not all."""
    request = next(requests(Session(_SOMEBODY, Kind.ACCESS_KEY), _anything(), now))
    for condition in other_conditions(statement):
        if _is_free(condition.key, request) and _avoidable(condition, binding.document, request):
            yield of_condition(binding, statement, condition)
    if any(part.what == "Resource" and part.fits.is_no for part in _parts(statement, binding.document, request)):
        yield of_element(binding, statement, "Resource")


def of_part(binding: Binding, statement: Statement, part: Part | None) -> Narrowing:
    """What a part of the statement that does not fit says."""
    if part is not None and part.condition is not None:
        return of_condition(binding, statement, part.condition)
    return of_element(binding, statement, "Action" if part is not None and part.what == "Action" else "Resource")


def of_condition(binding: Binding, statement: Statement, condition: Condition) -> Narrowing:
    """A further condition."""
    key = condition.spelling or condition.key
    place = condition_place(binding, statement, condition)
    return Narrowing(f"holds only under a condition on {key} as well", place, condition)


def of_element(binding: Binding, statement: Statement, what: str) -> Narrowing:
    """Its actions or resources."""
    name = element(statement, "Action" if what == "Action" else "Resource")
    about = "actions" if what == "Action" else "resources"
    return Narrowing(f"covers only some {about}", binding.place_of(statement, name))


def _anything() -> Call:
    return Call(PROBE, Target(f"arn:aws:zz:us-east-1:{ACCOUNT}:probe/{MADE_UP}"))


def _parts(statement: Statement, document: Document, request: Request) -> Iterator[Part]:
    return parts(statement, request, variables=document.has_variables)


def _is_free(key: str, request: Request) -> bool:
    return not (key in request.context or is_absent(key) or of_caller(key) or of_target(key))


def _avoidable(condition: Condition, document: Document, request: Request) -> bool:
    """Whether some value of the key, or none, does not meet the condition."""
    mentions = [Mention(condition, variables) for variables in document.readings]
    for values in candidates(condition.key, mentions, request.single).values:
        context = {**request.context, condition.key: values or ()}
        asked = Request(request.action, request.resource, context)
        if holds(condition, asked, variables=document.has_variables).is_no:
            return True
    return False
