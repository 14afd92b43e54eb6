"""What the policies of a roster should say, worked out from the roster and AWS's text alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from moto_iam import ACCOUNT

Document = dict[str, Any]
_GATE = Path(__file__).with_name("gate.json")
_KINDS = {
    "AllowManageOwnPasswords": "password",
    "AllowManageOwnAccessKeys": "access_keys",
    "AllowManageOwnSigningCertificates": "signing_certificates",
    "AllowManageOwnSSHPublicKeys": "ssh_keys",
    "AllowManageOwnGitCredentials": "git_credentials",
    "AllowManageOwnVirtualMFADevice": "mfa",
    "AllowManageOwnUserMFA": "mfa",
}
KINDS = ("password", "access_keys", "signing_certificates", "ssh_keys", "git_credentials", "mfa")
_ALL: Document = {
    "change_password_before_mfa": True,
    "exempt_aws_service_calls": True,
    "reason": "Both are wanted.",
    "max_age": "12h",
}
CHOICES: dict[str, Document] = {
    "as it is": {},
    "no self-service": {"self_service": []},
    **{f"self-service of {kind} only": {"self_service": [kind]} for kind in KINDS},
    "password before MFA": {"change_password_before_mfa": True, "reason": "First sign-ins set one."},
    "calls of services exempt": {"exempt_aws_service_calls": True, "reason": "Athena."},
    "sign-ins grow old": {"max_age": "90m"},
    "everything": _ALL,
    "everything without self-service": {**_ALL, "self_service": []},
}
_PASSWORD_RESET = ("iam:ChangePassword", "iam:GetAccountPasswordPolicy")


def normal(value: Any) -> Any:
    """A document in which what means the same is equal: one value or a list of one, in any order."""
    if isinstance(value, Mapping):
        return {key: normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return normal(value[0]) if len(value) == 1 else sorted(map(normal, value), key=_ordered)
    return value


def _ordered(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def seconds(duration: str) -> int:
    """Of `90s`, `30m` or `12h`."""
    return int(duration[:-1]) * {"h": 3600, "m": 60, "s": 1}[duration[-1]]


def _prefix(partition: str, account: str = ACCOUNT) -> str:
    return f"arn:{partition}:iam::{account}"


def gate(mfa: Mapping[str, Any], partition: str = "aws") -> Document:
    """The document of the policy that denies everything until the session has MFA."""
    text = _GATE.read_text(encoding="utf-8").replace("PREFIX", _prefix(partition))
    *allows, deny = json.loads(text)["Statement"]
    wanted = mfa.get("self_service", KINDS)
    kept = [allow for allow in allows if _KINDS.get(allow["Sid"]) in (None, *wanted)]
    return {"Version": "2012-10-17", "Statement": [*kept, *_denies(mfa, deny)]}


def _denies(mfa: Mapping[str, Any], deny: Document) -> list[Document]:
    spared = {"BoolIfExists": {"aws:ViaAWSService": "false"}} if mfa.get("exempt_aws_service_calls") else {}
    without = {"BoolIfExists": {**deny["Condition"]["BoolIfExists"], **spared.get("BoolIfExists", {})}}
    exempt = [*deny["NotAction"], *(_PASSWORD_RESET if mfa.get("change_password_before_mfa") else ())]
    denies = [{**deny, "NotAction": exempt, "Condition": without}]
    if mfa.get("max_age"):
        old = {"NumericGreaterThanIfExists": {"aws:MultiFactorAuthAge": str(seconds(mfa["max_age"]))}}
        stale = {"Sid": "DenyAllExceptListedIfMFAIsOld", "NotAction": exempt, "Condition": {**old, **spared}}
        denies.append({**deny, **stale})
    return denies


def trust(role: Mapping[str, Any], partition: str = "aws") -> Document:
    """Who may become a sudo role."""
    accounts = role.get("trusted_accounts") or [ACCOUNT]
    condition: Document = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    if role.get("mfa_max_age"):
        condition["NumericLessThan"] = {"aws:MultiFactorAuthAge": str(seconds(role["mfa_max_age"]))}
    if role.get("user_path"):
        users = [f"{_prefix(partition, account)}:user{role['user_path']}*" for account in accounts]
        condition["ArnLike"] = {"aws:PrincipalArn": users}
    statement = {
        "Sid": "AssumeWithMFA",
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"AWS": [f"{_prefix(partition, account)}:root" for account in accounts]},
        "Condition": condition,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def sudo(arns: list[str]) -> Document:
    """What members may become."""
    statement = {"Sid": "AssumeSudoRoles", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arns}
    return {"Version": "2012-10-17", "Statement": [statement]}
