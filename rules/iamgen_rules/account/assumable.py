"""Roles that somebody may assume and nobody declares: no capability, but named as unknown."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Call, Target
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.index import Edits
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import made_up
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.pattern import fill, parse
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.text import Text, missing_of
from iamgen_rules.policy.wildcard import Token, Wild, match


def assumable(asker: Asker, session: Session, edits: Edits) -> frozenset[str]:
    """Such roles, as the session's policies name them: an ARN, with wildcards perhaps."""
    if not asker.ever(session, ASSUME, edits):
        return frozenset()
    return frozenset(_assumable(asker, session, edits))


def _assumable(asker: Asker, session: Session, edits: Edits) -> Iterator[str]:
    any_role = f"arn:{asker.index.account.partition}:iam::*:role/*"
    own = [target.resource for target in _undeclared(asker, session, edits)]
    lookup = asker.request(session, edits).single
    for text, document in _named(asker, session, edits):
        tokens = fill(parse(text, variables=document.has_variables), lookup) or ()
        meant = (*_elsewhere(tokens), *(arn for arn in own if not match(tokens, arn, arn=True).is_no))
        if any(_may(asker, session, arn, edits) for arn in meant):
            yield from missing_of(text) or {text if isinstance(text, str) and text != "*" else any_role}


def _undeclared(asker: Asker, session: Session, edits: Edits) -> tuple[Target, ...]:
    names, declared = asker.named(session, ASSUME, edits), asker.index.names["role"]
    if names is not None and all(name.lower() in declared for name in names):
        return ()
    return made_up(asker, session, (ASSUME,), "role", edits)


def _named(asker: Asker, session: Session, edits: Edits) -> Iterator[tuple[Text, Document]]:
    for binding in asker.index.bindings(session.ref, edits):
        for statement in binding.document.statements if binding.how != "boundary" else ():
            if statement.effect == "Allow" and bears_on(statement, ASSUME):
                for text in ("*",) if statement.resources.inverted else statement.resources.values:
                    yield text, binding.document


def _elsewhere(tokens: tuple[Token, ...]) -> Iterator[str]:
    """A role of another account that a pattern means, if it does."""
    text = "".join(one if isinstance(one, str) else "x" if one is Wild.ANY else MADE_UP for one in tokens)
    segments = text.split(":", 5)
    if len(segments) == 6 and segments[4].isdigit() and segments[4] != ACCOUNT and segments[5].startswith("role/"):
        yield text


def _may(asker: Asker, session: Session, arn: str, edits: Edits) -> bool:
    return not asker.allowed(Call(session, ASSUME, Target(arn, declared=False)), edits).is_no
