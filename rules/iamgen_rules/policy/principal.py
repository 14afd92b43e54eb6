"""Whether, and how, an entry of a trust policy's `Principal` names a caller.

Source: "AWS JSON policy elements: Principal" (IAM User Guide).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from iamgen_rules.policy.document import Principal
from iamgen_rules.policy.request import Caller
from iamgen_rules.policy.text import Text, parts_of
from iamgen_rules.policy.truth import NO, Truth, any_of
from iamgen_rules.policy.wildcard import Token, Wild, match


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
            yield _any_name(arn) if session else parts_of(arn)


def _is_session(arn: Text) -> bool:
    first = parts_of(arn)[0]
    return isinstance(first, str) and ":assumed-role/" in first


def _any_name(arn: Text) -> tuple[Token, ...]:
    """The session of a role under any name."""
    *parts, last = parts_of(arn)
    role = last.rpartition("/")[0] + "/" if isinstance(last, str) else last
    return (*parts, role, Wild.MANY)
