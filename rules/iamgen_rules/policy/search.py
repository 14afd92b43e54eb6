"""Is there a request that is allowed? Free keys are the attacker's to choose, one choice for the whole request.

What is tried for a key stands for all values that the conditions on it cannot tell apart. That is enough for a NO,
but where a policy variable puts the key's value into a comparison with another key that is chosen: there a NO has to
hold whatever the variable stands for, or the answer is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iamgen_rules.policy.decision import Policies, decide
from iamgen_rules.policy.mentions import Mentions, Reader, mentions, opened, relevant
from iamgen_rules.policy.pieces import compared, pieces
from iamgen_rules.policy.principal import under_each_name
from iamgen_rules.policy.request import OPEN, Held, Request
from iamgen_rules.policy.samples import Reading, candidates
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.truth import NO, Truth, unknown

MOST_DECISIONS = 4096
TOO_MANY = "more combinations of condition keys than can be tried"
TOGETHER = "which values of condition keys fit together"


@dataclass(frozen=True, slots=True)
class Answer:
    """The best that can be reached, and a request that reaches it; with NO, the request as it was asked."""

    allowed: Truth
    request: Request
    decisions: int = 1


class Option(NamedTuple):
    """Values for some keys, None for absent; and the resource, where that goes with them.

    `is_example`: the values stand for others that meet and miss the same conditions.
    """

    context: Mapping[str, Held | None]
    resource: Text | None = None
    is_example: bool = False


class Options(NamedTuple):
    """What may be chosen; not `complete` where something else might do what none of these does."""

    options: Sequence[Option]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """Keys that are chosen together, from what is known of the request so far.

    `with_resource`: that is chosen, too. `has_pieces`: among the options are all values that a variable of these
    keys would have to stand for, as far as it is compared with what is known.
    """

    keys: frozenset[str]
    options: Callable[[Request], Options]
    with_resource: bool = False
    has_pieces: bool = True


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
    undecided = _undecided(request, made)
    ordered = _in_order(made, read)
    linked = frozenset(_linked(made, read, undecided))
    answer = _Search(reduced, ordered, linked).run(undecided, request)
    if answer.allowed.missing != frozenset({TOGETHER}):
        return answer
    other = _Search(reduced, ordered[::-1], linked).run(undecided, request)
    best = other if other.allowed.is_yes else answer
    return replace(best, decisions=answer.decisions + other.decisions)


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
        more = pieces(key, request, read)
        reading = Reading(more.texts, itself=key in read.readers)
        found = candidates(key, read.conditions.get(key, ()), request.single, reading)
        made = [
            Option({key: values}, is_example=values is not None and not found.exact.issuperset(values))
            for values in found.values
        ]
        return Options(made, found.complete and more.complete)

    return Choice(frozenset({key}), options)


def _in_order(choices: Sequence[Choice], read: Mentions) -> list[Choice]:
    """Keys that variables read before the keys that those are compared with, as far as that is possible."""
    rest, ordered = list(choices), list[Choice]()
    while rest:
        chosen = next((one for one in rest if not any(_reads(one, other, read) for other in rest)), rest[0])
        rest.remove(chosen)
        ordered.append(chosen)
    return ordered


def _reads(one: Choice, other: Choice, read: Mentions) -> bool:
    """Whether a key of one choice is compared with a variable of another's key."""
    readers = (reader for key in other.keys for reader in read.readers.get(key, ()))
    return one is not other and any(reader.compared_with in one.keys for reader in readers)


def _linked(choices: Sequence[Choice], read: Mentions, undecided: Request) -> Iterator[str]:
    """Keys to choose whose variables are compared with what is not known."""
    for choice in choices:
        for key in choice.keys & read.readers.keys():
            if not choice.has_pieces or any(_is_open(reader, undecided) for reader in read.readers[key]):
                yield key


def _is_open(reader: Reader, undecided: Request) -> bool:
    held = compared(undecided, reader.compared_with)
    return held is None or (reader.ignores_case and held != ()) or not all(isinstance(text, str) for text in held)


@dataclass
class _Search:
    policies: Policies
    choices: Sequence[Choice]
    linked: frozenset[str]
    decisions: int = 0
    doubts: set[str] = field(default_factory=set)

    def run(self, undecided: Request, asked: Request) -> Answer:
        best = self._best(undecided, 0)
        if best is None:
            best = Answer(unknown(*self.doubts) if self.doubts else NO, self._first(asked))
        return replace(best, decisions=self.decisions)

    def _first(self, request: Request) -> Request:
        for choice in self.choices:
            request = _chosen(request, choice, choice.options(request).options[0])
        return request

    def _best(self, request: Request, depth: int, examples: frozenset[str] = frozenset()) -> Answer | None:
        """The best answer below a choice of the first `depth` ones; None where all is NO.

        Of the linked keys, `examples` have a value that stands for others.
        """
        if self.decisions >= MOST_DECISIONS:
            self.doubts.add(TOO_MANY)
            return None
        allowed = self._decide(request)
        if allowed.is_no:
            self._doubt(request, examples)
            return None
        if depth == len(self.choices):
            return Answer(allowed, request)
        best: Answer | None = None
        for answer in self._below(request, depth, examples):
            if answer.allowed.is_yes:
                return answer
            best = best or answer
        return best

    def _decide(self, request: Request) -> Truth:
        self.decisions += 1
        tick()
        return decide(request, self.policies)

    def _doubt(self, request: Request, examples: frozenset[str]) -> None:
        """Whether other values than the examples might do better."""
        if examples and TOGETHER not in self.doubts and not self._decide(replace(request, loose=examples)).is_no:
            self.doubts.add(TOGETHER)

    def _below(self, request: Request, depth: int, examples: frozenset[str]) -> Iterator[Answer]:
        choice = self.choices[depth]
        found = choice.options(request)
        wider = choice.options(replace(request, loose=examples)) if examples else Options(())
        if not (found.complete and wider.complete) and not self._decide(_anything(request, choice)).is_no:
            self.doubts.add(TOO_MANY)
        for option in (*found.options, *(one for one in wider.options if one not in found.options)):
            further = examples | (choice.keys & self.linked) if option.is_example else examples
            answer = self._best(_chosen(request, choice, option), depth + 1, further)
            if answer is not None:
                yield answer


def _anything(request: Request, choice: Choice) -> Request:
    """The keys of a choice are there, and have any value."""
    return replace(request, context={**request.context, **dict.fromkeys(choice.keys, (OPEN,))})


def _chosen(request: Request, choice: Choice, option: Option) -> Request:
    context: dict[str, Held] = {key: held for key, held in request.context.items() if key not in choice.keys}
    context |= {key: held for key, held in option.context.items() if held is not None}
    resource = request.resource if option.resource is None else option.resource
    return replace(request, context=context, resource=resource)
