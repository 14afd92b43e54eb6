"""Whether, and how, an entry of a trust policy's `Principal` names a caller.

Source: "AWS JSON policy elements: Principal" (IAM User Guide).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from iamgen_rules.policy.document import Document, Principal
from iamgen_rules.policy.request import Caller
from iamgen_rules.policy.text import Text, parts_of, text_of
from iamgen_rules.policy.truth import NO, Truth, any_of
from iamgen_rules.policy.wildcard import Token, Wild, match

_SESSION = ":assumed-role/"


class Naming(Enum):
    """How a caller is named.

    ITSELF: the user, the session of a role, or everybody. ROLE: the role of a session. ACCOUNT: all in its
    account, which leaves it to their identity policies.
    """

    ITSELF = "itself"
    ROLE = "role"
    ACCOUNT = "account"


def names(principals: Iterable[Principal], caller: Caller, naming: Naming) -> Truth:
    """Whether one of the entries names the caller in this way."""
    entries = [principal.value for principal in principals if principal.type in (caller.type, "*")]
    if not entries:
        return NO
    return any_of(match(tokens, entry) for tokens in _ways(caller, naming) for entry in entries)


def _ways(caller: Caller, naming: Naming) -> Iterator[Sequence[Token]]:
    """What an entry has to be, as patterns."""
    if naming is Naming.ACCOUNT:
        yield (caller.account,)
        yield ("arn:", Wild.MANY, f":iam::{caller.account}:root")
        return
    if naming is Naming.ITSELF:
        yield ("*",)
    for arn in caller.arns:
        session = caller.is_role and _is_session(arn)
        if (naming is Naming.ITSELF) is (session or not caller.is_role):
            yield parts_of(arn)


def _is_session(arn: Text) -> bool:
    first = parts_of(arn)[0]
    return isinstance(first, str) and _SESSION in first


def under_each_name(caller: Caller, trust: Document) -> Iterator[Caller]:
    """The caller; one that is a session of a role also under each name that the trust tells apart, and another."""
    yield caller
    for arn in caller.arns:
        *parts, last = parts_of(arn)
        if not caller.is_role or not _is_session(arn) or not isinstance(last, str):
            continue
        role, _, own = last.rpartition("/")
        for name in _session_names(trust, own):
            session = text_of(*parts, f"{role}/{name}")
            yield replace(caller, arns=tuple(session if one == arn else one for one in caller.arns))


def _session_names(trust: Document, own: str) -> Iterator[str]:
    """The names that the trust gives sessions, of whatever role; and one more, where it has any."""
    values = [entry.value for statement in trust.statements for entry in statement.principals]
    found = [value.rpartition("/")[2] for value in values if isinstance(value, str) and _SESSION in value]
    yield from dict.fromkeys((*found, f"{own}-2") if found else ())
