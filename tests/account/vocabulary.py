"""The statements that small accounts are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Raw = dict[str, Any]
PRESENT, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
GATE: Raw = {"BoolIfExists": {PRESENT: "false"}}
WITH_MFA: Raw = {"Bool": {PRESENT: "true"}}
FREELY: Raw = {}
MFA_CONDITIONS: tuple[Raw, ...] = (
    FREELY,
    GATE,
    WITH_MFA,
    {"Bool": {PRESENT: "false"}},
    {"Null": {PRESENT: "true"}},
    {"Null": {AGE: "true"}},
    {"NumericLessThan": {AGE: "3600"}},
    {"BoolIfExists": {PRESENT: "true"}},
    {"StringEquals": {PRESENT: "true"}, "IpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
    {**GATE, "StringLike": {"aws:RequestedRegion": "eu-*"}},
)
NAMES: Mapping[str, tuple[str, ...]] = {
    "user": ("u1", "u2", "u3", "u9"),
    "group": ("g1", "g2", "g9"),
    "role": ("r1", "r2", "r9"),
    "policy": ("p1", "p2", "p9"),
    "mfa": ("*", "x"),
}
EDITS: Mapping[str, str] = {
    **{f"iam:{verb}UserPolicy": "user" for verb in ("Attach", "Put", "Detach", "Delete")},
    **{f"iam:{verb}GroupPolicy": "group" for verb in ("Attach", "Put", "Detach", "Delete")},
    **{f"iam:{verb}RolePolicy": "role" for verb in ("Attach", "Put", "Detach", "Delete")},
    "iam:CreatePolicyVersion": "policy",
    "iam:SetDefaultPolicyVersion": "policy",
}
MEMBERSHIP: Mapping[str, str] = {"iam:AddUserToGroup": "group", "iam:RemoveUserFromGroup": "group"}
BOUNDARY: Mapping[str, str] = {
    f"iam:{verb}{kind.title()}PermissionsBoundary": kind for verb in ("Delete", "Put") for kind in ("user", "role")
}
TAKEOVER: Mapping[str, str] = {
    "iam:CreateAccessKey": "user",
    "iam:UpdateLoginProfile": "user",
    "iam:CreateLoginProfile": "user",
    "iam:EnableMFADevice": "user",
    "iam:CreateVirtualMFADevice": "mfa",
}
LABELS: Mapping[str, str] = {
    "iam:TagUser": "user",
    "iam:UntagUser": "user",
    "iam:UpdateUser": "user",
    "iam:TagRole": "role",
}
OF_ROLES: Mapping[str, str] = {"sts:AssumeRole": "role", "iam:UpdateAssumeRolePolicy": "role"}


def arn(kind: str, name: str) -> str:
    return f"arn:aws:iam::ACCOUNT:{kind}/{name}"


def allow(actions: str | Sequence[str], resource: Any = "*", condition: Raw = FREELY) -> Raw:
    return {"Effect": "Allow", "Action": actions, "Resource": resource, "Condition": condition}


def deny_but(exempt: Iterable[str], condition: Raw = GATE) -> Raw:
    """The gate, with exemptions."""
    return {"Effect": "Deny", "NotAction": ["iam:GetUser", *exempt], "Resource": "*", "Condition": condition}


def deny(actions: str | Sequence[str], resource: Any = "*", condition: Raw = GATE) -> Raw:
    return {"Effect": "Deny", "Action": actions, "Resource": resource, "Condition": condition}


def grants(actions: Mapping[str, str], conditions: Iterable[Raw] = (FREELY,)) -> list[Raw]:
    """Each action on each name, on a pattern and on everything, under each condition."""
    return [
        allow(action, resource, condition)
        for action, kind in actions.items()
        for condition in conditions
        for resource in (*(arn(kind, name) for name in NAMES[kind]), *_patterns(kind))
    ]


def _patterns(kind: str) -> tuple[str, ...]:
    own = (arn("user", "${aws:username}"),) if kind == "user" else ()
    return (arn(kind, "*"), arn(kind, f"{NAMES[kind][0][0]}*"), "*", *own)


def gates(actions: Iterable[str], conditions: Iterable[Raw] = (GATE,)) -> list[Raw]:
    """A gate for each action that it exempts, one that exempts all of them, and one that exempts none."""
    some: list[list[str]] = [[], *([action] for action in actions), list(actions)]
    return [deny_but(exempt, condition) for exempt in some for condition in conditions]


EVERYTHING: list[Raw] = [allow("*", "*", condition) for condition in (FREELY, FREELY, FREELY, *MFA_CONDITIONS)]
POWER: list[Raw] = [
    {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
    {"Effect": "Allow", "NotAction": ["iam:Attach*", "iam:Put*"], "Resource": "*"},
    {"Effect": "Allow", "Action": "*", "NotResource": arn("user", "u1")},
    {"Effect": "Allow", "Action": "iam:*", "NotResource": [arn("user", "*"), arn("role", "r1")]},
    deny("iam:*"),
]
ROOT, DIGITS = {"AWS": "arn:aws:iam::ACCOUNT:root"}, {"AWS": "ACCOUNT"}


def trust(principal: Any, condition: Raw = FREELY, action: str = "sts:AssumeRole") -> Raw:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Condition": condition}


SERVICES = ("ec2.amazonaws.com", "lambda.amazonaws.com", "cloudformation.amazonaws.com")
SAML = trust({"Federated": "arn:aws:iam::ACCOUNT:saml-provider/idp"}, action="sts:AssumeRoleWithSAML")
TRUSTED: tuple[Any, ...] = (
    ROOT,
    DIGITS,
    {"AWS": arn("user", "u1")},
    {"AWS": [arn("user", "u2"), arn("user", "u9")]},
    {"AWS": arn("role", "r1")},
    {"AWS": "arn:aws:sts::ACCOUNT:assumed-role/r2/session"},
    {"AWS": arn("role", "r9")},
    "*",
    {"AWS": "210987654321"},
    {"AWS": "arn:aws:iam::210987654321:role/other"},
)
TRUSTS: list[list[Raw]] = [
    *([trust(who, condition)] for who in TRUSTED for condition in (FREELY, FREELY, WITH_MFA, *MFA_CONDITIONS)),
    *([trust({"Service": service})] for service in SERVICES),
    *[[SAML]] * 3,
    *[[trust({"AWS": arn("role", "r9")})]] * 12,
    [trust(ROOT, WITH_MFA), SAML],
    [trust(ROOT), {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition": GATE}],
    [trust(ROOT), {"Effect": "Deny", "Principal": {"AWS": arn("user", "u1")}, "Action": "sts:AssumeRole"}],
    [trust({"AWS": arn("user", "u1")}), trust({"Service": "ec2.amazonaws.com"})],
]
