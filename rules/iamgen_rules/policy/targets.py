"""Resources that need not exist: ARNs of a shape that the caller chooses, to suit what the policies say."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.policy.decision import Policies
from iamgen_rules.policy.iam_names import LETTERS, MACHINES, is_legal, is_of_iam
from iamgen_rules.policy.mentions import opened, relevant
from iamgen_rules.policy.pattern import fill, parse, parse_resource
from iamgen_rules.policy.request import OPEN, Request
from iamgen_rules.policy.text import Text, missing_of
from iamgen_rules.policy.wildcard import Token, Wild, match
from iamgen_rules.policy.witnesses import Avoided, Machine, witnesses

_TOGETHER = 6
_SEGMENTS = {1: "aws", 3: "us-east-1", 4: "111122223333"}
MADE_UP = "made-up"


def made_up(
    shape: str, action: str, policies: Policies, *, like: Request, avoided: Avoided = frozenset()
) -> tuple[str, ...]:
    """ARNs of a shape (`arn:aws:lambda:*:123456789012:function:*`), one for each way of meeting the policies.

    `like` is a request of the session in question, whose keys fill in policy variables. None of the ARNs is
    `avoided`; those of IAM have legal names.
    """
    patterns = list(dict.fromkeys(_patterns(action, policies, like)))
    wanted = _filled(shape)
    further, letters = (MACHINES, LETTERS) if is_of_iam(shape) else ((), None)
    found = [_plain(shape)]
    groups = [patterns] if len(patterns) <= _TOGETHER else [[pattern] for pattern in patterns]
    for group in groups:
        machines = (Machine(wanted, arn=True), *further, *(Machine(pattern, arn=True) for pattern in group))
        found += witnesses(machines, avoided, starts=(shape.partition("*")[0],), letters=letters).texts
    fitting = (text for text in found if text not in avoided and _fits(text, shape, wanted))
    return tuple(dict.fromkeys(fitting))


def _fits(arn: str, shape: str, wanted: tuple[Token, ...]) -> bool:
    return match(wanted, arn, arn=True).is_yes and (is_legal(arn) or not is_of_iam(shape))


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
                tokens = _tokens(text, like, variables=policy.document.has_variables)
                if tokens and tokens != (Wild.MANY,):
                    yield tokens


def _tokens(text: Text, like: Request, *, variables: bool) -> tuple[Token, ...] | None:
    return None if missing_of(text) else fill(parse_resource(text, variables=variables), like.single)
