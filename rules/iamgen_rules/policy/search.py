"""Is there a request that is allowed? Free keys are the attacker's to choose, one choice for the whole request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from iamgen_rules.policy.decision import Policies, decide
from iamgen_rules.policy.mentions import OPEN, Mentions, mentions, opened, relevant
from iamgen_rules.policy.pieces import pieces
from iamgen_rules.policy.principal import under_each_name
from iamgen_rules.policy.request import Held, Request
from iamgen_rules.policy.samples import Reading, candidates
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.truth import NO, Truth, unknown

MOST_DECISIONS = 4096
TOO_MANY = "more combinations of condition keys than can be tried"


@dataclass(frozen=True, slots=True)
class Answer:
    """The best that can be reached, and a request that reaches it; with NO, the request as it was asked."""

    allowed: Truth
    request: Request
    decisions: int = 1


class Option(NamedTuple):
    """Values for some keys, None for absent; and the resource, where that goes with them."""

    context: dict[str, Held | None]
    resource: Text | None = None


class Options(NamedTuple):
    """What may be chosen; not `complete` where something else might do what none of these does."""

    options: list[Option]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """Keys that are chosen together, from what is known of the request so far. `with_resource`: that is, too."""

    keys: frozenset[str]
    options: Callable[[Request], Options]
    with_resource: bool = False


Choices = Callable[[Mentions], Sequence[Choice]]


def possible(
    request: Request, policies: Policies, is_free: Callable[[str], bool], choices: Choices | None = None
) -> Answer:
    """Whether some choice of the free keys makes the request allowed.

    `is_free` is asked about keys that the request does not have; `choices` adds keys that are neither fixed nor
    free but one of some options. A role's session has whatever name suits it. Unknown where it would take too long to
    be sure.
    """
    best: Answer | None = None
    decisions = 0
    for asked in _under_each_name(request, policies):
        answer = _possible(asked, policies, is_free, choices)
        decisions += answer.decisions
        if best is None or answer.allowed.level > best.allowed.level:
            best = answer
        if best.allowed.is_yes:
            break
    return replace(best or Answer(NO, request), decisions=decisions)


def _under_each_name(request: Request, policies: Policies) -> Iterator[Request]:
    if request.caller is None or policies.trust is None:
        yield request
        return
    for caller in under_each_name(request.caller, policies.trust.document):
        yield replace(request, caller=caller)


def _possible(request: Request, policies: Policies, is_free: Callable[[str], bool], choices: Choices | None) -> Answer:
    reduced, made = _matter(request, policies, choices)
    if any(choice.with_resource for choice in made):
        reduced, made = _matter(replace(request, resource=OPEN), policies, choices)
    read = mentions(reduced)
    taken = {key for choice in made for key in choice.keys}
    free = sorted(key for key in read.keys() - request.context.keys() - taken if is_free(key))
    made += [_free(key, read) for key in free]
    made.sort(key=lambda choice: not choice.keys & read.readers.keys())
    return _Search(reduced, made).run(request)


def _matter(request: Request, policies: Policies, choices: Choices | None) -> tuple[Policies, list[Choice]]:
    """The policies that can matter to the request, and the choices that they call for."""
    reduced = relevant(policies, opened(request))
    return reduced, list(choices(mentions(reduced))) if choices else []


def _undecided(request: Request, choices: Sequence[Choice]) -> Request:
    """Nothing known yet of what is to be chosen."""
    context = dict(request.context) | {key: OPEN for choice in choices for key in choice.keys}
    resource = OPEN if any(choice.with_resource for choice in choices) else request.resource
    return replace(request, context=context, resource=resource)


def _free(key: str, read: Mentions) -> Choice:
    def options(request: Request) -> Options:
        reading = Reading(tuple(pieces(key, request, read)), itself=key in read.readers)
        found = candidates(key, read.conditions.get(key, ()), request.single, reading)
        return Options([Option({key: values}) for values in found.values], found.complete)

    return Choice(frozenset({key}), options)


@dataclass
class _Search:
    policies: Policies
    choices: Sequence[Choice]
    decisions: int = 0
    complete: bool = True

    def run(self, request: Request) -> Answer:
        best = self._best(_undecided(request, self.choices), 0)
        if best is None:
            best = Answer(NO if self.complete else unknown(TOO_MANY), self._first(request))
        return replace(best, decisions=self.decisions)

    def _first(self, request: Request) -> Request:
        for choice in self.choices:
            request = _chosen(request, choice, choice.options(request).options[0])
        return request

    def _best(self, request: Request, depth: int) -> Answer | None:
        """The best answer below a choice of the first `depth` ones; None where all is NO."""
        if self.decisions >= MOST_DECISIONS:
            self.complete = False
            return None
        self.decisions += 1
        tick()
        allowed = decide(request, self.policies)
        if allowed.is_no:
            return None
        if depth == len(self.choices):
            return Answer(allowed, request)
        best: Answer | None = None
        for answer in self._below(request, depth):
            if answer.allowed.is_yes:
                return answer
            best = best or answer
        return best

    def _below(self, request: Request, depth: int) -> Iterator[Answer]:
        choice = self.choices[depth]
        found = choice.options(request)
        self.complete = self.complete and found.complete
        for option in found.options:
            answer = self._best(_chosen(request, choice, option), depth + 1)
            if answer is not None:
                yield answer


def _chosen(request: Request, choice: Choice, option: Option) -> Request:
    context: dict[str, Held] = {key: held for key, held in request.context.items() if key not in choice.keys}
    context |= {key: held for key, held in option.context.items() if held is not None}
    resource = request.resource if option.resource is None else option.resource
    return replace(request, context=context, resource=resource)
