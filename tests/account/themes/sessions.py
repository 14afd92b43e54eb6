"""Whose sessions an attacker can come by."""

from __future__ import annotations

from account import vocabulary as words
from account.themes.theme import Theme
from account.vocabulary import FREELY, WITH_MFA, Raw, allow, arn, deny, deny_but, gates, grants, trust

_CHANGE_SETS = ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"]
_SERVICE_TRUSTS = [*([trust({"Service": service})] for service in words.SERVICES), [trust(words.ROOT, WITH_MFA)]]
_PASSED: list[Raw] = [FREELY, *({"StringEquals": {"iam:PassedToService": service}} for service in words.SERVICES)]
_RUNNING = (
    {"arn": "arn:aws:lambda:eu-west-1:ACCOUNT:function:job", "role": "r1"},
    {"arn": "arn:aws:ec2:eu-west-1:ACCOUNT:instance/i-1", "role": "r2"},
    {"arn": "arn:aws:cloudformation:eu-west-1:ACCOUNT:stack/base/1", "role": "r1"},
)
_COMPUTE = [
    allow("ec2:RunInstances"),
    allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "arn:aws:lambda:*:*:function:dev-*"),
    allow(["lambda:CreateFunction", "lambda:AddPermission"]),
    allow("cloudformation:CreateStack"),
    allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:ACCOUNT:function:job"),
    allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:ACCOUNT:function:other"),
    allow("ssm:StartSession", "arn:aws:ec2:*:*:instance/*"),
    allow(["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"]),
    allow(_CHANGE_SETS),
    allow("ec2:*"),
]
_WITH_A_ROLE = [
    ["ec2:RunInstances"],
    ["lambda:CreateFunction", "lambda:InvokeFunction"],
    ["cloudformation:CreateStack"],
    ["cloudformation:UpdateStackSet"],
    ["ec2:*", "lambda:*"],
]
_ENTER = grants(words.OF_ROLES, (FREELY, WITH_MFA))
_BY_ROLES = [
    *_ENTER,
    *grants({"iam:DetachUserPolicy": "user", "iam:PutUserPolicy": "user", "iam:AttachRolePolicy": "role"}),
]
_ALIKE_NAMES = {"user": "u", "group": "g", "role": "r"}
_LATE = [
    allow(action, resource)
    for action, kind in (
        ("iam:CreateAccessKey", "user"),
        ("iam:PutUserPolicy", "user"),
        ("iam:AddUserToGroup", "group"),
        ("iam:PutGroupPolicy", "group"),
        ("sts:AssumeRole", "role"),
        ("iam:UpdateAssumeRolePolicy", "role"),
        ("iam:PutRolePolicy", "role"),
        ("iam:DetachGroupPolicy", "group"),
        ("iam:RemoveUserFromGroup", "group"),
    )
    for letter in _ALIKE_NAMES[kind]
    for resource in (*(arn(kind, f"{letter}{n}") for n in (1, 4, 5)), arn(kind, f"{letter}?"), arn(kind, "*"), "*")
]

SESSIONS: dict[str, Theme] = {
    "roles": Theme(
        8,
        [*_BY_ROLES, *words.EVERYTHING],
        [*gates(["sts:AssumeRole"]), deny("sts:AssumeRole"), *gates(["sts:*", "iam:DetachUserPolicy"])],
        trusts=words.TRUSTS,
        users=2,
        groups=1,
        roles=3,
    ),
    "takeover": Theme(
        8,
        [
            *grants(words.TAKEOVER, (FREELY, FREELY, WITH_MFA)),
            allow(["iam:EnableMFADevice", "iam:Create*"]),
            *words.EVERYTHING[:3],
        ],
        [*gates(words.TAKEOVER), *gates(["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"], words.MFA_CONDITIONS)],
        users=3,
        groups=1,
    ),
    "passing": Theme(
        8,
        [
            *(
                allow("iam:PassRole", resource, condition)
                for condition in _PASSED
                for resource in ("*", arn("role", "r1"), arn("role", "r?"))
            ),
            *_COMPUTE * 2,
            *(allow(["iam:PassRole", *actions]) for actions in _WITH_A_ROLE * 4),
            *words.EVERYTHING[:3],
        ],
        [
            *gates(["iam:PassRole", "ec2:*", "lambda:*"]),
            deny("ec2:RunInstances"),
            deny("iam:PassRole", arn("role", "r1")),
        ],
        trusts=_SERVICE_TRUSTS,
        users=2,
        groups=0,
        roles=2,
        compute=_RUNNING,
    ),
    "alike": Theme(
        4,
        [*_LATE, *words.EVERYTHING[:6]],
        [*gates(["iam:CreateAccessKey", "sts:AssumeRole", "iam:AddUserToGroup"]), deny_but(["iam:*Group*"])],
        trusts=[[trust(words.ROOT)], [trust({"AWS": arn("user", "u5")})], [trust({"AWS": arn("role", "r4")})]],
        users=5,
        groups=4,
        roles=4,
        alike=True,
    ),
}
