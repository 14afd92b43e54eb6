"""AWS's actions that let somebody gain rights or take a Deny away.

Sources: "Actions, resources, and condition keys for AWS Identity and Access Management" (Service
Authorization Reference), and the lists in `data/escalation_paths.json`.
"""

from __future__ import annotations

from typing import NamedTuple

PROBE = "zz:Probe"
ATTACH = {"user": "iam:AttachUserPolicy", "group": "iam:AttachGroupPolicy", "role": "iam:AttachRolePolicy"}
PUT = {"user": "iam:PutUserPolicy", "group": "iam:PutGroupPolicy", "role": "iam:PutRolePolicy"}
DETACH = {"user": "iam:DetachUserPolicy", "group": "iam:DetachGroupPolicy", "role": "iam:DetachRolePolicy"}
DELETE = {"user": "iam:DeleteUserPolicy", "group": "iam:DeleteGroupPolicy", "role": "iam:DeleteRolePolicy"}
REWRITE = ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion")
DROP_BOUNDARY = {
    "user": ("iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary"),
    "role": ("iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"),
}
RENAME = "iam:UpdateUser"
TAG = {"user": ("iam:TagUser", "iam:UntagUser"), "role": ("iam:TagRole", "iam:UntagRole")}
CREATE_KEY = "iam:CreateAccessKey"
UPDATE_LOGIN, CREATE_LOGIN = "iam:UpdateLoginProfile", "iam:CreateLoginProfile"
CREATE_DEVICE, ENABLE_DEVICE = "iam:CreateVirtualMFADevice", "iam:EnableMFADevice"
JOIN, LEAVE = "iam:AddUserToGroup", "iam:RemoveUserFromGroup"
OPEN, ASSUME, FEDERATE = "iam:UpdateAssumeRolePolicy", "sts:AssumeRole", "sts:GetFederationToken"
UPDATE_SAML, PASS = "iam:UpdateSAMLProvider", "iam:PassRole"
TAKEOVER = (CREATE_KEY, UPDATE_LOGIN, CREATE_LOGIN)


class Path(NamedTuple):
    """An escalation by way of compute: what must be allowed, and which services the role is passed to."""

    id: str
    actions: tuple[str, ...]
    passed_to: tuple[str, ...]
    existing: bool
