"""What only AWS, or the moment of the apply, decides: attributes by the resource's type."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = {
    "aws_iam_access_key": (
        "id secret ses_smtp_password_v4 create_date encrypted_secret key_fingerprint encrypted_ses_smtp_password_v4"
    ),
    "aws_iam_account_password_policy": "expire_passwords require_numbers require_uppercase_characters",
    "aws_iam_group": "unique_id",
    "aws_iam_group_policy_attachment": "id",
    "aws_iam_instance_profile": "create_date unique_id",
    "aws_iam_policy": "policy_id attachment_count",
    "aws_iam_role": "create_date unique_id managed_policy_arns inline_policy",
    "aws_iam_role_policy_attachment": "id",
    "aws_iam_saml_provider": "valid_until",
    "aws_iam_service_linked_role": "arn create_date id unique_id",
    "aws_iam_user": "unique_id",
    "aws_iam_user_group_membership": "id",
    "aws_iam_user_login_profile": "encrypted_password key_fingerprint password password_reset_required",
    "aws_iam_user_policy_attachment": "id",
    "aws_iam_user_ssh_key": "fingerprint id ssh_public_key_id",
    "aws_iam_virtual_mfa_device": "base_32_string_seed enable_date qr_code_png user_name",
    "aws_organizations_policy": "arn id",
    "aws_organizations_policy_attachment": "id",
    "data aws_caller_identity": "arn user_id",
    "data aws_iam_group": "group_id id path users",
    "data aws_iam_policy": "description policy_id attachment_count tags",
    "data aws_iam_policy_document": "id",
    "data aws_iam_role": (
        "assume_role_policy create_date description max_session_duration path permissions_boundary "
        "role_last_used tags unique_id"
    ),
    "data aws_iam_roles": "arns id names",
    "data aws_iam_user": "id path permissions_boundary tags user_id",
    "data aws_iam_users": "arns id names",
    "data aws_region": "description endpoint id name",
}
UNKNOWN: Mapping[str, frozenset[str]] = {kind: frozenset(names.split()) for kind, names in _NAMES.items()}
