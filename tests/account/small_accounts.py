"""Small accounts for hypothesis: at most three users, two groups, two roles, four policies."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from iamgen_rules.account.model import (
    ACCOUNT,
    Account,
    Attachment,
    Group,
    Inline,
    ManagedPolicy,
    Membership,
    Role,
    User,
)
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.parse import parse

PRESENT = "aws:MultiFactorAuthPresent"
GATE = {"BoolIfExists": {PRESENT: "false"}}
CONDITIONS = st.sampled_from(
    [{}, {}, {}, GATE, {"Bool": {PRESENT: "true"}}, {"Bool": {PRESENT: "false"}}, {"Null": {PRESENT: "true"}}]
)
USERS, GROUPS, ROLES, POLICIES = ("u1", "u2", "u3"), ("g1", "g2"), ("r1", "r2"), ("p1", "p2")
ON = {
    **{f"iam:{verb}UserPolicy": "user" for verb in ("Attach", "Put", "Detach", "Delete")},
    **{f"iam:{verb}GroupPolicy": "group" for verb in ("Attach", "Put", "Detach", "Delete")},
    **{f"iam:{verb}RolePolicy": "role" for verb in ("Attach", "Put")},
    "iam:CreatePolicyVersion": "policy",
    "iam:AddUserToGroup": "group",
    "iam:RemoveUserFromGroup": "group",
    "iam:CreateAccessKey": "user",
    "iam:UpdateLoginProfile": "user",
    "iam:CreateLoginProfile": "user",
    "iam:EnableMFADevice": "user",
    "iam:CreateVirtualMFADevice": "mfa",
    "iam:DeleteUserPermissionsBoundary": "user",
    "iam:UpdateAssumeRolePolicy": "role",
    "sts:AssumeRole": "role",
}
NAMES = {"user": USERS, "group": GROUPS, "role": ROLES, "policy": POLICIES, "mfa": ("x",)}
ACTIONS = tuple(ON)


def _arn(kind: str, name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:{kind}/{name}"


@st.composite
def grants(draw: st.DrawFn) -> dict[str, Any]:
    """An Allow of everything, or of one thing on one target."""
    if draw(st.integers(0, 3)) == 0:
        return {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": draw(CONDITIONS)}
    action = draw(st.sampled_from(ACTIONS))
    resource = _arn(ON[action], draw(st.sampled_from(NAMES[ON[action]])))
    return {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": draw(CONDITIONS)}


@st.composite
def gates(draw: st.DrawFn) -> dict[str, Any]:
    """A Deny of everything but a few actions."""
    exempt = draw(st.lists(st.sampled_from(ACTIONS), max_size=2, unique=True))
    return {
        "Effect": "Deny",
        "NotAction": ["iam:GetUser", *exempt],
        "Resource": "*",
        "Condition": draw(CONDITIONS) or GATE,
    }


STATEMENTS = st.one_of(grants(), grants(), gates())


def documents() -> st.SearchStrategy[Document]:
    """A policy of one or two statements."""
    made = st.lists(STATEMENTS, min_size=1, max_size=2)
    return made.map(lambda statements: parse({"Version": "2012-10-17", "Statement": statements}))


@st.composite
def trusts(draw: st.DrawFn) -> Document:
    """A trust in the account, one user or one role, with a condition or none."""
    who = draw(st.sampled_from([f"arn:aws:iam::{ACCOUNT}:root", _arn("user", "u1"), _arn("role", "r1")]))
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": who},
        "Action": "sts:AssumeRole",
        "Condition": draw(CONDITIONS),
    }
    return parse({"Version": "2012-10-17", "Statement": [statement]}, "trust")


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """An account in which everything is known."""
    policies = tuple(ManagedPolicy(_arn("policy", name), draw(documents())) for name in POLICIES)
    attached = st.lists(st.sampled_from(policies), max_size=2, unique=True).map(
        lambda some: tuple(Attachment(one.arn) for one in some)
    )
    inline = st.lists(documents(), max_size=1).map(lambda some: tuple(Inline("own", one) for one in some))
    boundary = st.sampled_from((None, None, None, Attachment(policies[0].arn)))
    joined = st.lists(st.sampled_from(GROUPS), max_size=1).map(lambda some: tuple(Membership(one) for one in some))
    return Account(
        users=tuple(
            User(name, attached=draw(attached), inline=draw(inline), boundary=draw(boundary), groups=draw(joined))
            for name in USERS[: draw(st.integers(1, 3))]
        ),
        groups=tuple(Group(name, attached=draw(attached), inline=draw(inline)) for name in GROUPS),
        roles=tuple(
            Role(name, draw(trusts()), attached=draw(attached), inline=draw(inline))
            for name in ROLES[: draw(st.integers(0, 2))]
        ),
        policies=policies,
    )
