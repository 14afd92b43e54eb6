"""A caller's sessions and the condition keys that each of them fixes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from iamgen_rules.account.index import Edit, Edits, Index
from iamgen_rules.account.model import ACCOUNT, Ref
from iamgen_rules.account.reading import reads_labels, reads_target
from iamgen_rules.policy.request import Caller, Values
from iamgen_rules.policy.text import Unknown

SessionKind = Literal["access-key", "no-mfa", "mfa", "federated", "role", "role-mfa"]
Context = Mapping[str, Values | Unknown]
_PRESENT, _AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
_MFA: Mapping[str, tuple[Context, ...]] = {
    "access-key": ({},),
    "no-mfa": ({_PRESENT: ("false",)},),
    "mfa": ({_PRESENT: ("true",), _AGE: ("1",)},),
    "federated": ({},),
    "role": ({}, {_PRESENT: ("false",)}),
    "role-mfa": ({}, {_PRESENT: ("false",)}, {_PRESENT: ("true",)}),
}
_FORWARDED: Context = {
    "aws:viaawsservice": ("true",),
    "aws:calledvia": ("cloudformation.amazonaws.com",),
    "aws:calledviafirst": ("cloudformation.amazonaws.com",),
    "aws:calledvialast": ("cloudformation.amazonaws.com",),
    _PRESENT: ("false",),
}
_ABSENT = (
    "aws:multifactorauth", "aws:calledvia", "aws:sourcearn", "aws:sourceaccount", "aws:sourceorg",
    "aws:principalservicename", "aws:federatedprovider", "aws:assumedroot", "aws:sourceidentity", "saml:",
    "cognito-identity.amazonaws.com:", "accounts.google.com:", "graph.facebook.com:", "www.amazon.com:",
    "token.actions.githubusercontent.com:", "iam:passedtoservice", "iam:policyarn", "iam:permissionsboundary",
)  # fmt: skip
_NAMED = ("access-key", "no-mfa", "mfa")


class Session(NamedTuple):
    """Somebody's session."""

    ref: Ref
    kind: SessionKind

    @property
    def without_mfa(self) -> bool:
        """Whether nothing in it can speak of MFA."""
        return self.kind not in ("mfa", "role-mfa")


def contexts(index: Index, session: Session, edits: Edits, now: str) -> tuple[Context, ...]:
    """The fixed keys of a session: one set of them, or the several that are tried."""
    base: dict[str, Values | Unknown] = {
        "aws:currenttime": (now,),
        "aws:viaawsservice": ("false",),
        "aws:principalisawsservice": ("false",),
    }
    base |= {"aws:principaltype": (_type(session),), "aws:principalaccount": (ACCOUNT,)}
    if session.kind != "access-key":
        base["aws:tokenissuetime"] = (now,)
    labels = _labels(index, session, edits)
    return tuple({**base, **named, **mfa} for named in labels for mfa in _MFA[session.kind])


def forwarded(context: Context) -> Context:
    """The same caller's keys where CloudFormation makes the call for it."""
    return {**{key: values for key, values in context.items() if key != _AGE}, **_FORWARDED}


def _type(session: Session) -> str:
    if session.ref.kind == "role":
        return "AssumedRole"
    return "FederatedUser" if session.kind == "federated" else "User"


def _labels(index: Index, session: Session, edits: Edits) -> tuple[Context, ...]:
    """The caller's name and tags; where the attacker may change them, also without: what is not set is free.

    A name is unique, so it cannot become another user's: it is one of those that policies mention, or a new one.
    """
    holder = index.users[session.ref.name] if session.ref.kind == "user" else index.roles[session.ref.name]
    names: dict[str, Values | Unknown] = {"aws:principalarn": (principal_arn(index, session),)}
    if session.kind in _NAMED:
        names["aws:username"] = (holder.name,)
    tags: Context = {f"aws:principaltag/{key.lower()}": (value,) for key, value in holder.tags.items()}
    declared = {**names, **tags}
    if not labels_free(session, edits):
        return (declared,)
    named: list[Context] = [{"aws:username": (name,)} for name in index.free_names] if session.kind in _NAMED else [{}]
    return (declared, names, *named)


def labels_free(session: Session, edits: Edits) -> bool:
    """Whether the attacker may label the caller as it likes."""
    return Edit("label", session.ref) in edits


def principal_arn(index: Index, session: Session) -> str:
    """`aws:PrincipalArn`: the user's or role's own ARN, or the federated user's."""
    if session.kind != "federated":
        return index.arn(session.ref)
    return f"arn:{index.account.partition}:sts::{ACCOUNT}:federated-user/{session.ref.name}"


def caller(index: Index, session: Session) -> Caller:
    """Whom a trust policy sees."""
    arn = principal_arn(index, session)
    if session.ref.kind != "role":
        return Caller("AWS", ACCOUNT, (arn,))
    assumed = f"arn:{index.account.partition}:sts::{ACCOUNT}:assumed-role/{session.ref.name}/session"
    return Caller("AWS", ACCOUNT, (arn, assumed), is_role=True)


def is_free(key: str, session: Session, edits: Edits, *, target_tags: bool) -> bool:
    """Whether the attacker chooses a key that neither the session nor the call has set."""
    if reads_target(key):
        return target_tags
    if key == "aws:username":
        return False
    if reads_labels(key):
        return labels_free(session, edits)
    return not key.startswith(_ABSENT)
