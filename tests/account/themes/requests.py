"""What a request says of its caller, its target and its way."""

from __future__ import annotations

from account import vocabulary as words
from account.themes.theme import Theme
from account.vocabulary import FREELY, GATE, WITH_MFA, Raw, allow, arn, deny_but, gates, grants, trust


def _team(key: str) -> list[Raw]:
    return [
        {"StringEquals": {key: "a"}},
        {"StringNotEquals": {key: "a"}},
        {"StringEqualsIfExists": {key: ["a", "b"]}},
        {"Null": {key: "true"}},
        {"StringLike": {key: "*"}},
    ]


_SELF = [
    {"StringEquals": {"aws:username": "u1"}},
    {"StringNotLike": {"aws:username": "u*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/ops/*"}},
    {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/u1"}},
]
_LABELS = _team("aws:PrincipalTag/team") + _SELF
_BY_TAG = [arn("user", "${aws:PrincipalTag/team}"), arn("user", "ops/*"), arn("user", "${aws:username}")]
_TARGET = [
    {operator: {key: value}}
    for key in ("aws:ResourceTag/team", "iam:ResourceTag/team")
    for operator, value in (("StringEquals", "a"), ("StringNotEquals", "a"), ("Null", "true"))
]
_ON_TAGGED = {**words.TAKEOVER, **words.OF_ROLES, "iam:PutUserPolicy": "user", "iam:PutRolePolicy": "role"}
_VIA: list[Raw] = [
    {"Bool": {"aws:ViaAWSService": "false"}},
    {"Bool": {"aws:ViaAWSService": "true"}},
    {"ForAnyValue:StringEquals": {"aws:CalledVia": "cloudformation.amazonaws.com"}},
    {"StringNotEquals": {"aws:CalledViaLast": "cloudformation.amazonaws.com"}},
]
_STACKS = ["cloudformation:CreateStack", "cloudformation:UpdateStack", "cloudformation:CreateResource"]
_CHANGE_SETS = ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"]
_WHO: list[Raw] = [
    {"StringEquals": {"aws:PrincipalType": "User"}},
    {"StringEquals": {"aws:PrincipalType": "FederatedUser"}},
    {"StringEquals": {"aws:username": ["u1", "u2"]}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:sts::*:federated-user/*"}},
    {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:sts::ACCOUNT:federated-user/x"}},
    {"Null": {"aws:TokenIssueTime": "true"}},
]
_FEDERATE = [
    allow("sts:GetFederationToken", f"arn:aws:sts::ACCOUNT:federated-user/{name}") for name in ("*", "u1", "x")
]

REQUESTS: dict[str, Theme] = {
    "labels": Theme(
        7,
        [
            *grants(words.LABELS) * 2,
            *(allow("*", "*", condition) for condition in _LABELS),
            *(allow(["iam:PutUserPolicy", "iam:TagUser"], resource) for resource in _BY_TAG * 4),
            *(allow("sts:AssumeRole", "*", condition) for condition in _LABELS),
            *words.EVERYTHING[:3],
        ],
        [
            deny_but(exempt, {**GATE, **condition})
            for condition in (FREELY, *_LABELS)
            for exempt in ([], ["iam:TagUser"], ["iam:UpdateUser"], ["iam:UntagUser", "sts:AssumeRole"])
        ],
        trusts=[
            *([trust(words.ROOT, condition)] for condition in (*_LABELS, *({**WITH_MFA, **one} for one in _SELF))),
            *([trust({"AWS": arn("user", "u1")}, condition)] for condition in _LABELS),
        ],
        tags=({}, {"team": "a"}, {"team": "b", "Other": "a"}),
        paths=("/", "/", "/ops/"),
        users=2,
        groups=1,
        roles=1,
    ),
    "target tags": Theme(
        8,
        [
            *grants(words.LABELS),
            *grants(_ON_TAGGED, _TARGET),
            *words.EVERYTHING[:3],
        ],
        [*gates(["iam:TagUser", "sts:AssumeRole"]), *(deny_but(["iam:TagUser"], {**GATE, **one}) for one in _TARGET)],
        tags=({}, {"team": "a"}, {"team": "b"}),
        users=2,
        groups=1,
        roles=1,
    ),
    "forwarded": Theme(
        9,
        [
            *(allow("*", "*", condition) for condition in (FREELY, *_VIA)),
            *(allow(action) for action in (*_STACKS, _CHANGE_SETS, _CHANGE_SETS[0])),
            allow("cloudformation:CreateStack", "arn:aws:cloudformation:*:*:stack/x/*"),
            *(allow("iam:PutUserPolicy", "*", condition) for condition in _VIA),
            *(allow(["cloudformation:CreateStack", "iam:PutUserPolicy"], "*", condition) for condition in _VIA),
            *(allow([*_CHANGE_SETS, "iam:PutUserPolicy"], "*", condition) for condition in _VIA),
        ],
        [
            deny_but(exempt, {**condition, **via})
            for exempt in ([], *([one] for one in _STACKS), _CHANGE_SETS, _CHANGE_SETS[:1], ["iam:PutUserPolicy"])
            for condition in (GATE, FREELY)
            for via in (FREELY, *_VIA[:2], _VIA[3])
        ],
        users=2,
        groups=1,
        roles=0,
    ),
    "federated": Theme(
        8,
        [
            *(allow("*", "*", condition) for condition in (FREELY, FREELY, *_WHO)),
            *_FEDERATE * 2,
            allow("sts:*"),
            *(allow(["iam:PutUserPolicy", "sts:AssumeRole"], "*", condition) for condition in _WHO),
        ],
        [
            deny_but(exempt, {**GATE, **condition})
            for exempt in ([], ["sts:GetFederationToken"], ["sts:*"])
            for condition in (FREELY, *_WHO)
        ],
        trusts=[[trust({"AWS": arn("user", "u1")})], [trust(words.ROOT)], [trust("*", WITH_MFA)]],
        users=2,
        groups=1,
        roles=1,
    ),
}
