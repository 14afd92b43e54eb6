"""What policies can be done to."""

from __future__ import annotations

from account import vocabulary as words
from account.themes.theme import Theme
from account.vocabulary import FREELY, WITH_MFA, Raw, allow, arn, deny, deny_but, gates, grants, trust

_IF_TAGGED: Raw = {"StringEquals": {"aws:ResourceTag/team": "a"}}
_INSIDE: list[Raw] = [{"StringEquals": {"iam:PermissionsBoundary": arn("policy", name)}} for name in ("p1", "p2")]
_NOT_INSIDE: list[Raw] = [{"StringNotEquals": {"iam:PermissionsBoundary": arn("policy", "p1")}}]
_BOUNDS = [
    allow("*"),
    allow("*", "*", WITH_MFA),
    allow("s3:*"),
    {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
    allow(["iam:*", "sts:*"]),
    allow("*", "*", {"NumericLessThan": {words.AGE: "3600"}}),
]
_MAKERS = [
    ["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"],
    ["iam:CreateUser", "iam:PutUserPolicy", "iam:CreateLoginProfile"],
    ["iam:CreateRole", "iam:AttachRolePolicy"],
    ["iam:CreateRole", "iam:PutRolePolicy"],
    ["iam:CreateUser", "iam:PutUserPolicy"],
]
_MAKER_ACTIONS = sorted({action for actions in _MAKERS for action in actions})
_SOME_EDITS = {**words.EDITS, **words.MEMBERSHIP, **words.BOUNDARY}
_OF_POLICIES: list[Raw] = [{"ArnEquals": {"iam:PolicyARN": arn("policy", name)}} for name in ("p1", "p2")] + [
    {"ArnNotEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}}
]

POLICIES: dict[str, Theme] = {
    "edits": Theme(
        8,
        [*grants(_SOME_EDITS), *grants(words.EDITS, (*_OF_POLICIES, WITH_MFA)), *words.EVERYTHING * 20],
        [*gates(_SOME_EDITS), *gates(["iam:*Policy"], words.MFA_CONDITIONS), *words.POWER],
        boundaries=_BOUNDS,
        users=2,
        groups=1,
    ),
    "memberships": Theme(
        9,
        [*grants(words.MEMBERSHIP) * 3, *grants(words.EDITS), *words.EVERYTHING * 10],
        [*gates(words.MEMBERSHIP, words.MFA_CONDITIONS), deny("iam:*Group*"), deny("iam:PutUserPolicy", "*", FREELY)],
        users=2,
        groups=2,
    ),
    "boundaries": Theme(
        6,
        [
            *grants(words.BOUNDARY) * 2,
            *grants({"iam:PutUserPermissionsBoundary": "user", "iam:PutUserPolicy": "user"}, (*_INSIDE, *_NOT_INSIDE)),
            *grants({"sts:AssumeRole": "role", "iam:CreatePolicyVersion": "policy"}),
            *words.EVERYTHING * 4,
        ],
        [*gates(words.BOUNDARY), deny("iam:PutUserPolicy", "*", _INSIDE[0]), deny("iam:*Boundary")],
        boundaries=_BOUNDS,
        trusts=[[trust(words.ROOT)], [trust({"AWS": arn("user", "u1")})], [trust({"AWS": arn("role", "r1")})]],
        users=2,
        groups=0,
        roles=2,
    ),
    "undeclared": Theme(
        8,
        [
            *(
                allow(action, resource, condition)
                for action, kind in {**words.EDITS, **words.TAKEOVER, **words.OF_ROLES, **words.MEMBERSHIP}.items()
                if kind != "mfa"
                for condition in (FREELY, FREELY, _IF_TAGGED)
                for resource in (
                    arn(kind, f"{kind[0]}9"),
                    arn(kind, f"{kind[0]}*"),
                    arn(kind, "ops/*"),
                    arn(kind, "other"),
                )
            ),
            *words.POWER[:4] * 10,
        ],
        [*gates(words.EDITS), *gates(words.TAKEOVER), deny("iam:*", "*", FREELY), deny("iam:*", arn("role", "r*"))],
        users=1,
        groups=1,
        roles=1,
    ),
    "outside": Theme(
        6,
        [
            *(allow(actions, "*", condition) for actions in _MAKERS for condition in (FREELY, *_INSIDE, *_NOT_INSIDE)),
            *(allow(actions, arn("user", "u9")) for actions in _MAKERS),
            *words.EVERYTHING,
        ],
        [
            *(deny_but(actions) for actions in _MAKERS),
            *(deny(_MAKER_ACTIONS, "*", condition) for condition in (FREELY, *_INSIDE, *_NOT_INSIDE)),
            *gates(()),
        ],
        boundaries=_BOUNDS,
        users=2,
        groups=0,
        roles=0,
    ),
}
