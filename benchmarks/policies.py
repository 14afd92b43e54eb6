"""Cases of one document, and of patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import partial
from typing import Any

from benchmarks.case import Case, Ready, Work, scaled
from iamgen_rules.policy.ask import ask
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Call, Identity, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.pattern import lowered
from iamgen_rules.policy.pattern import parse as tokens_of
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.wildcard import match
from policy.cases import NOW
from policy.large_documents import of_gates, of_one_long_list, of_other_services, of_other_users

STATEMENTS, PIECES, TEXTS = 10_000, 2_000, 20_000
ACTION, RESOURCE = "iam:CreateUser", "arn:aws:iam::111122223333:user/alice"
ALICE = Identity("user", "alice", "111122223333")
MOTO, FNMATCH = "moto's access control", "fnmatch"
Statements = Callable[[int], list[dict[str, Any]]]


def cases() -> Iterator[Case]:
    """Documents first."""
    yield Case(f"{STATEMENTS:,} statements on other services", _document(of_other_services, by_moto=True), MOTO)
    yield Case(f"{STATEMENTS:,} statements on other users, each with a condition", _document(of_other_users))
    yield Case(f"one statement with {STATEMENTS:,} resources", _document(of_one_long_list, by_moto=True), MOTO)
    yield Case(f"{STATEMENTS:,} gates", _document(of_gates))
    yield Case(f"{TEXTS:,} ARNs, the pattern of a folder", _friendly, FNMATCH)
    for piece in ("*a", "?*", "*ab?"):
        yield Case(f"a pattern of {PIECES:,} × {piece} on what it nearly matches", _hostile(piece), FNMATCH)


def _document(statements: Statements, *, by_moto: bool = False) -> Callable[[float], Ready]:
    """The text of a document to a decision on one request."""

    def prepare(scale: float) -> Ready:
        body = {"Version": "2012-10-17", "Statement": statements(scaled(STATEMENTS, scale))}
        text = json.dumps(body)
        return Ready(lambda: _decide(text), partial(_moto, text) if by_moto else None)

    return prepare


def _decide(text: str) -> object:
    policies = Policies((Policy("p", parse(json.loads(text))),))
    return ask(Session(ALICE, Kind.ACCESS_KEY), Call(ACTION, Target(RESOURCE, tags={})), policies, now=NOW)


def _moto(text: str) -> Work:
    """It reads actions and resources, as one regular expression each, and looks for no request."""
    from moto.iam.access_control import IAMPolicy

    return lambda: IAMPolicy(text).is_action_permitted(ACTION, RESOURCE)


def _friendly(scale: float) -> Ready:
    texts = [f"arn:aws:s3:::bucket-{number % 7}/team/{number}/file.txt" for number in range(scaled(TEXTS, scale))]
    return _patterns("arn:aws:s3:::bucket-3/*/file.???", texts)


def _hostile(piece: str) -> Callable[[float], Ready]:
    def prepare(scale: float) -> Ready:
        count = scaled(PIECES, scale)
        return _patterns(piece * count, ["a" * count * 3 + "b", "ab:" * count, ":" * count])

    return prepare


def _patterns(pattern: str, texts: list[str]) -> Ready:
    tokens = lowered(tokens_of(pattern, variables=False))

    def by_regular_expression() -> int:
        known = re.compile(translate(pattern))
        return sum(known.match(text) is not None for text in texts)

    return Ready(lambda: sum(match(tokens, text).is_yes for text in texts), lambda: by_regular_expression)
