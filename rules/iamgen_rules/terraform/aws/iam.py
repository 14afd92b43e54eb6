"""What the provider works out of IAM's resources: names, ARNs, defaults.

Source: the AWS provider's documentation of each ("Attribute Reference", "Argument Reference"); "IAM identifiers".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from iamgen_rules.policy.text import Partial, Text, Unknown, itself, text_of
from iamgen_rules.terraform.aws.account import arn
from iamgen_rules.terraform.aws.computed import Compute, Configured
from iamgen_rules.terraform.types import BOOL, NUMBER, STRING
from iamgen_rules.terraform.values import Value, string

_Make = Callable[[Configured], Text]


def text(configured: Configured, argument: str) -> Text:
    """A text argument; empty where it is not set."""
    data = configured.argument(argument).data
    return data if isinstance(data, str | Unknown | Partial) else ""


def name(configured: Configured) -> Text:
    """The name; after a prefix, or where none is set, the provider invents it."""
    return text(configured, "name") or text_of(text(configured, "name_prefix"), itself(f"{configured.address}.name"))


def _path(configured: Configured) -> Text:
    return text(configured, "path") or "/"


def _arn(kind: str, configured: Configured) -> Text:
    return arn(configured, kind, _path(configured), name(configured))


def _of_role(configured: Configured) -> Text:
    return text_of("/aws-service-role/", text(configured, "aws_service_name"), "/")


def _oidc(configured: Configured) -> Text:
    url = text(configured, "url")
    return arn(configured, "oidc-provider/", url.removeprefix("https://") if isinstance(url, str) else url)


def _saml(configured: Configured) -> Text:
    return arn(configured, "saml-provider/", text(configured, "name"))


def _device(configured: Configured) -> Text:
    return arn(configured, "mfa", _path(configured), text(configured, "virtual_mfa_device_name"))


def _inline(kind: str, configured: Configured) -> Text:
    return text_of(text(configured, kind), ":", name(configured))


def _argument(argument: str, configured: Configured) -> Text:
    return text(configured, argument)


def _named(kind: str) -> Mapping[str, _Make]:
    return {"arn": partial(_arn, kind), "id": name, "name": name, "path": _path}


_TEXTS: Mapping[str, Mapping[str, _Make]] = {
    "aws_iam_user": _named("user"),
    "aws_iam_group": _named("group"),
    "aws_iam_role": _named("role"),
    "aws_iam_policy": {**_named("policy"), "id": partial(_arn, "policy")},
    "aws_iam_instance_profile": _named("instance-profile"),
    "aws_iam_user_policy": {"id": partial(_inline, "user"), "name": name},
    "aws_iam_group_policy": {"id": partial(_inline, "group"), "name": name},
    "aws_iam_role_policy": {"id": partial(_inline, "role"), "name": name},
    "aws_iam_group_membership": {"id": name},
    "aws_iam_policy_attachment": {"id": name},
    "aws_iam_user_login_profile": {"id": partial(_argument, "user")},
    "aws_iam_account_password_policy": {"id": lambda _: "iam-account-password-policy"},
    "aws_iam_openid_connect_provider": {"arn": _oidc, "id": _oidc},
    "aws_iam_saml_provider": {"arn": _saml, "id": _saml},
    "aws_iam_virtual_mfa_device": {"arn": _device, "id": _device, "path": _path},
    "aws_iam_service_linked_role": {"path": _of_role},
}
_FALSE, _TRUE, _HOUR = Value(BOOL, data=False), Value(BOOL, data=True), Value(NUMBER, 3600)
_ACTIVE = {"status": Value(STRING, "Active")}
_DEFAULTS: Mapping[str, Mapping[str, Value]] = {
    "aws_iam_user": {"force_destroy": _FALSE},
    "aws_iam_role": {"force_detach_policies": _FALSE, "max_session_duration": _HOUR},
    "aws_iam_access_key": _ACTIVE,
    "aws_iam_service_specific_credential": _ACTIVE,
    "aws_iam_user_login_profile": {"password_length": Value(NUMBER, 20)},
    "aws_iam_account_password_policy": {
        "allow_users_to_change_password": _TRUE,
        "minimum_password_length": Value(NUMBER, 6),
    },
    "aws_organizations_policy": {"type": Value(STRING, "SERVICE_CONTROL_POLICY")},
}


def _computed(kind: str, configured: Configured, attribute: str) -> Value | None:
    if attribute == "name_prefix":
        return string("") if text(configured, "name") else None
    make = _TEXTS.get(kind, {}).get(attribute)
    return string(make(configured)) if make is not None else _DEFAULTS.get(kind, {}).get(attribute)


COMPUTED: Mapping[tuple[str, str], Compute] = {
    ("resource", kind): partial(_computed, kind) for kind in sorted({*_TEXTS, *_DEFAULTS})
}
