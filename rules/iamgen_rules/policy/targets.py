"""Resources that need not exist: ARNs of a shape that the caller chooses, to suit what the policies say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from iamgen_rules.policy.decision import Policies
from iamgen_rules.policy.iam_names import LETTERS, MACHINES, is_legal, is_of_iam
from iamgen_rules.policy.mentions import opened, relevant
from iamgen_rules.policy.pattern import Pattern, fill, parse, parse_resource
from iamgen_rules.policy.request import OPEN, Request
from iamgen_rules.policy.statement import is_incomplete
from iamgen_rules.policy.wildcard import Token, Wild, match
from iamgen_rules.policy.witnesses import Avoided, Machine, Witnesses, witnesses

_TOGETHER = 12  # patterns more than that are met one at a time: their combinations are too many to look at
_SEGMENTS = {1: "aws", 3: "us-east-1", 4: "111122223333"}
_NOTHING_SAID = ((), (Wild.MANY,))
MADE_UP = "made-up"


def made_up(
    shape: str, action: str, policies: Policies, *, like: Request, avoided: Avoided = frozenset()
) -> tuple[str, ...]:
    """ARNs of a shape (`arn:aws:lambda:*:123456789012:function:*`), one for each way of meeting the policies.

    `like` is a request of the session in question, whose keys fill in policy variables; others may be anything. None
    of the ARNs is `avoided`; those of IAM have legal names.
    """
    patterns = dict.fromkeys(_patterns(action, policies, like))
    named = {pattern: name for pattern in patterns if (name := _name(pattern))}
    others = [pattern for pattern in patterns if pattern not in named]
    found = (_plain(shape), *named.values(), *_for_all(shape, others, avoided, frozenset(named.values())))
    fitting = (text for text in found if text not in avoided and _fits(text, shape))
    return tuple(dict.fromkeys(fitting))


def _name(pattern: tuple[Token, ...]) -> str:
    """What a pattern without wildcards names, which needs no search; nothing where it has some."""
    letters = [token for token in pattern if isinstance(token, str)]
    return "".join(letters) if len(letters) == len(pattern) and not is_incomplete(pattern) else ""


def _for_all(shape: str, patterns: list[tuple[Token, ...]], avoided: Avoided, named: frozenset[str]) -> Iterator[str]:
    """Texts for the combinations of the patterns, and for each alone where those are not all looked at."""
    if len(patterns) <= _TOGETHER:
        together = _suiting(shape, patterns, avoided, named)
        yield from together.texts
        if together.complete:
            return
    for pattern in patterns:
        yield from _suiting(shape, [pattern], avoided, named).texts


def _suiting(shape: str, patterns: list[tuple[Token, ...]], avoided: Avoided, named: frozenset[str]) -> Witnesses:
    """One text for each way of meeting the patterns with none of those that are named."""
    further, letters = (MACHINES, LETTERS) if is_of_iam(shape) else ((), None)
    machines = (Machine(_filled(shape), arn=True), *further, *(Machine(pattern, arn=True) for pattern in patterns))
    starts = (shape.partition("*")[0],)
    found = witnesses(machines, avoided, starts, letters)
    if named.isdisjoint(found.texts):
        return found
    beside = avoided | named if isinstance(avoided, frozenset) else replace(avoided, texts=named)
    return witnesses(machines, beside, starts, letters)


def _fits(arn: str, shape: str) -> bool:
    return match(_filled(shape), arn, arn=True).is_yes and (is_legal(arn) or not is_of_iam(shape))


@lru_cache(maxsize=256)
def _filled(shape: str) -> tuple[Token, ...]:
    """The shape with something in each place, and no star that crosses into the next segment."""
    tokens = (token for token in parse(shape, variables=False) if isinstance(token, str | Wild))
    return tuple(piece for token in tokens for piece in ((Wild.MANY, Wild.ANY) if token is Wild.MANY else (token,)))


def _plain(shape: str) -> str:
    segments = shape.split(":", 5)
    for index, usual in _SEGMENTS.items():
        segments[index] = usual if segments[index] == "*" else segments[index]
    return ":".join(segments).replace("*", MADE_UP)


def _patterns(action: str, policies: Policies, like: Request) -> Iterator[tuple[Token, ...]]:
    """The resources that the statements about an action name."""
    asked = opened(Request(action, OPEN, like.context, like.caller))
    for policy in relevant(policies, asked).all():
        for statement in policy.document.statements:
            for text in statement.resources.values:
                for variables in policy.document.readings:
                    pattern = parse_resource(text, variables=variables)
                    found = (_tokens(pattern, one) for one in (like, asked))
                    yield from (tokens for tokens in found if tokens not in _NOTHING_SAID)


def _tokens(pattern: Pattern, request: Request) -> tuple[Token, ...]:
    """A pattern with the request's values; one that is still open is any text but an empty one."""
    filled = fill(pattern, request.single) or ()
    return tuple(piece for token in filled for piece in ((Wild.ANY, Wild.MANY) if token is OPEN else (token,)))
