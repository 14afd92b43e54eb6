"""A session of somebody: which condition keys its calls have, and whether some call of it is allowed.

Sources: "AWS global condition context keys", "Compare AWS STS credentials" (IAM User Guide); "GetFederationToken"
(AWS STS API Reference): its sessions may call nothing of STS but GetCallerIdentity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from iamgen_rules.policy.decision import Policies
from iamgen_rules.policy.identity import Call, Identity
from iamgen_rules.policy.keys import (
    AGE,
    PRESENT,
    PRINCIPAL_ARN,
    PRINCIPAL_TAG,
    TARGET_TAGS,
    USERNAME,
    is_absent,
    of_caller,
    of_target,
)
from iamgen_rules.policy.mentions import Mentions
from iamgen_rules.policy.request import Held, Request
from iamgen_rules.policy.search import Choice
from iamgen_rules.policy.session_choices import age, federated_name, own_name, set_by_call, unknown_tags
from iamgen_rules.policy.text import Unknown

CLOUDFORMATION = "cloudformation.amazonaws.com"
VIA = frozenset({"aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"})


class Kind(StrEnum):
    """How a session comes about: with a key; in the console; as a federated user; in a role."""

    ACCESS_KEY = "access-key"
    NO_MFA = "no-mfa"
    MFA = "mfa"
    FEDERATED = "federated"
    ROLE = "role"
    ROLE_MFA = "role-mfa"


@dataclass(frozen=True, slots=True)
class Session:
    """A session of an identity. `forwarded`: CloudFormation makes its calls for it."""

    identity: Identity
    kind: Kind
    forwarded: bool = False

    @property
    def name(self) -> str:
        """`no-mfa`, `role, through CloudFormation`."""
        return f"{self.kind.value}, through CloudFormation" if self.forwarded else self.kind.value

    @property
    def variants(self) -> tuple[str | None, ...]:
        """The values of `aws:MultiFactorAuthPresent` that are tried, None for absent."""
        return ("false",) if self.forwarded else _PRESENT[self.kind]

    @property
    def changed_by_forwarding(self) -> frozenset[str]:
        """The keys that have other values where CloudFormation makes its calls, in whatever variant."""
        return VIA if "false" in self.variants else VIA | {PRESENT, AGE}

    @property
    def has_age(self) -> bool:
        """Whether it knows how long ago MFA was."""
        return self.kind is Kind.MFA and not self.forwarded


_PRESENT: Mapping[Kind, tuple[str | None, ...]] = {
    Kind.ACCESS_KEY: (None,),
    Kind.NO_MFA: ("false",),
    Kind.MFA: ("true",),
    Kind.FEDERATED: (None,),
    Kind.ROLE: (None, "false"),
    Kind.ROLE_MFA: (None, "false", "true"),
}


def requests(session: Session, call: Call, now: datetime) -> Iterator[Request]:
    """The call with the keys that are fixed in it: once for each way in which the session may speak of MFA."""
    context = {**_of_session(session, now), **_of_identity(session), **_of_call(call)}
    caller = session.identity.caller if call.target.trust is not None else None
    for present in session.variants:
        mfa: dict[str, Held] = {} if present is None else {PRESENT: (present,)}
        yield Request(call.action, call.target.resource, {**context, **mfa}, caller)


def is_free(key: str, session: Session, call: Call) -> bool:
    """Whether the caller chooses a key that neither its session nor the call has set."""
    if of_caller(key):
        return session.identity.free_tags
    if of_target(key):
        return call.target.free_tags
    return not is_absent(key)


def choices(session: Session, call: Call, read: Mentions) -> list[Choice]:
    """The keys that are one of some options."""
    found = [*set_by_call(call), *unknown_tags(session.identity, call, read)]
    if session.has_age:
        found.append(age(read))
    if session.kind is Kind.FEDERATED:
        found.append(federated_name(session.identity, read))
    elif _names_itself(session):
        found.append(own_name(session.identity, call, read))
    return found


def refused(session: Session, call: Call) -> bool:
    """Whether AWS refuses the call to this kind of session, whatever the policies."""
    return refused_to(session.kind, call.action)


def refused_to(kind: Kind, action: str) -> bool:
    """The same of an action."""
    name = action.lower()
    return kind is Kind.FEDERATED and name.startswith("sts:") and name != "sts:getcalleridentity"


def policies_for(call: Call, policies: Policies) -> Policies:
    """What bears on the call: the caller's policies, and the trust of the role that it assumes."""
    return replace(policies, trust=call.target.trust, own_account=call.target.own_account)


def _names_itself(session: Session) -> bool:
    return session.identity.kind == "user" and session.identity.free_name


def _of_session(session: Session, now: datetime) -> dict[str, Held]:
    moment = now.astimezone(UTC)
    kind = "AssumedRole" if session.identity.kind == "role" else "User"
    found: dict[str, Held] = {
        "aws:currenttime": (moment.strftime("%Y-%m-%dT%H:%M:%SZ"),),
        "aws:epochtime": (f"{moment.timestamp():.0f}",),
        "aws:principalaccount": (session.identity.account,),
        "aws:principalisawsservice": ("false",),
        "aws:principaltype": ("FederatedUser" if session.kind is Kind.FEDERATED else kind,),
        "aws:viaawsservice": ("true" if session.forwarded else "false",),
    }
    if session.kind is not Kind.ACCESS_KEY:
        found["aws:tokenissuetime"] = found["aws:currenttime"]
    if session.forwarded:
        found |= {f"aws:calledvia{which}": (CLOUDFORMATION,) for which in ("", "first", "last")}
    return found


def _of_identity(session: Session) -> dict[str, Held]:
    identity = session.identity
    found: dict[str, Held] = {}
    if session.kind is not Kind.FEDERATED and not _names_itself(session):
        found[PRINCIPAL_ARN] = (identity.arn,)
        if identity.kind == "user":
            found[USERNAME] = (identity.name,)
    if not identity.free_tags and not isinstance(identity.tags, Unknown):
        found |= {f"{PRINCIPAL_TAG}{key.lower()}": (value,) for key, value in identity.tags.items()}
    return found


def _of_call(call: Call) -> dict[str, Held]:
    target = call.target
    found = {key: held for key, (held, *others) in call.keys.items() if held is not None and not others}
    if target.tags is not None and not isinstance(target.tags, Unknown) and not target.free_tags:
        found |= {f"{space}{key.lower()}": (value,) for key, value in target.tags.items() for space in TARGET_TAGS}
    return found
