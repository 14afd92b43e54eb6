"""What the MFA policy says: AWS's self-service statements and the exemptions that enrolment needs.

Source: "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials
page" (IAM User Guide). `iam:GetMFADevice` is allowed besides: AWS exempts it there and never allows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Resource = Literal["all", "self", "devices"]


@dataclass(frozen=True, slots=True)
class Statement:
    """An Allow on everything, on the user itself, or on MFA devices."""

    sid: str
    actions: tuple[str, ...]
    resource: Resource


@dataclass(frozen=True, slots=True)
class Deny:
    """A Deny of all that is not exempt, and the condition under which it applies."""

    sid: str
    test: str
    variable: str
    value: str


VIEW_ACCOUNT = Statement("AllowViewAccountInfo", ("iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"), "all")

SELF_SERVICE: Mapping[str, tuple[Statement, ...]] = {
    "password": (Statement("AllowManageOwnPasswords", ("iam:ChangePassword", "iam:GetUser"), "self"),),
    "access_keys": (
        Statement(
            "AllowManageOwnAccessKeys",
            (
                "iam:CreateAccessKey",
                "iam:DeleteAccessKey",
                "iam:GetAccessKeyLastUsed",
                "iam:ListAccessKeys",
                "iam:UpdateAccessKey",
            ),
            "self",
        ),
    ),
    "signing_certificates": (
        Statement(
            "AllowManageOwnSigningCertificates",
            (
                "iam:DeleteSigningCertificate",
                "iam:ListSigningCertificates",
                "iam:UpdateSigningCertificate",
                "iam:UploadSigningCertificate",
            ),
            "self",
        ),
    ),
    "ssh_keys": (
        Statement(
            "AllowManageOwnSSHPublicKeys",
            (
                "iam:DeleteSSHPublicKey",
                "iam:GetSSHPublicKey",
                "iam:ListSSHPublicKeys",
                "iam:UpdateSSHPublicKey",
                "iam:UploadSSHPublicKey",
            ),
            "self",
        ),
    ),
    "git_credentials": (
        Statement(
            "AllowManageOwnGitCredentials",
            (
                "iam:CreateServiceSpecificCredential",
                "iam:DeleteServiceSpecificCredential",
                "iam:ListServiceSpecificCredentials",
                "iam:ResetServiceSpecificCredential",
                "iam:UpdateServiceSpecificCredential",
            ),
            "self",
        ),
    ),
    "mfa": (
        Statement("AllowManageOwnVirtualMFADevice", ("iam:CreateVirtualMFADevice",), "devices"),
        Statement(
            "AllowManageOwnUserMFA",
            (
                "iam:DeactivateMFADevice",
                "iam:EnableMFADevice",
                "iam:GetMFADevice",
                "iam:ListMFADevices",
                "iam:ResyncMFADevice",
            ),
            "self",
        ),
    ),
}

EXEMPT = (
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:GetMFADevice",
    "iam:GetUser",
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    "iam:ResyncMFADevice",
    "sts:GetSessionToken",
)

# What a first sign-in with "password reset required" calls.
# Source: "Permit IAM users to change their own passwords" (IAM User Guide).
PASSWORD_RESET = ("iam:ChangePassword", "iam:GetAccountPasswordPolicy")


def chosen(self_service: Sequence[str]) -> tuple[Statement, ...]:
    """The Allow statements for these kinds of self-service, in AWS's order whatever theirs."""
    return tuple(
        statement for kind, statements in SELF_SERVICE.items() if kind in self_service for statement in statements
    )


def exempt(change_password_before_mfa: bool) -> tuple[str, ...]:
    """The actions that need no MFA, sorted."""
    return tuple(sorted(EXEMPT + PASSWORD_RESET)) if change_password_before_mfa else EXEMPT


def denies(max_age: str | None) -> tuple[Deny, ...]:
    """The Deny for sessions without MFA and, where `max_age` (seconds) is given, for those with a stale one."""
    without = Deny("DenyAllExceptListedIfNoMFA", "BoolIfExists", "aws:MultiFactorAuthPresent", "false")
    if max_age is None:
        return (without,)
    return without, Deny(
        "DenyAllExceptListedIfMFAIsOld", "NumericGreaterThanIfExists", "aws:MultiFactorAuthAge", max_age
    )
