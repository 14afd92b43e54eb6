"""Every kind of resource that the reader knows is judged by Terraform, or it is said why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from iamgen_rules.terraform.aws.schema import Mode, kinds

from .trees import trees

HERE = Path(__file__).parent
_BLOCK = re.compile(r"""["']?(resource|data)["']?:? *\{? *["']?(aws_\w+)["']?""")
_ABOUT_IAM = (
    "aws_iam_",
    "aws_organizations_policy",
    "aws_ssoadmin_",
    "aws_caller_identity",
    "aws_partition",
    "aws_region",
)
# Whose arguments give nobody a right, and of which nothing is worked out: by the beginning of their names.
NOT_JUDGED: Mapping[Mode, tuple[str, ...]] = {
    "resource": (
        "aws_iam_account_alias",
        "aws_iam_organizations_features",
        "aws_iam_security_token_service_preferences",
        "aws_iam_server_certificate",
        "aws_iam_signing_certificate",
        "aws_ssoadmin_application",
        "aws_ssoadmin_instance_access_control_attributes",
        "aws_ssoadmin_trusted_token_issuer",
    ),
    "data": (
        "aws_iam_access_keys",
        "aws_iam_account_alias",
        "aws_iam_instance_profile",
        "aws_iam_openid_connect_provider",
        "aws_iam_principal_policy_simulation",
        "aws_iam_saml_provider",
        "aws_iam_server_certificate",
        "aws_iam_session_context",
        "aws_iam_user_ssh_key",
        "aws_organizations_policy",
        "aws_ssoadmin_",
    ),
}


def judged() -> set[tuple[str, str]]:
    texts = [text for folder in ("judged", "alone") for _, text in trees(HERE / folder)]
    return {(mode, kind) for text in texts for mode, kind in _BLOCK.findall(text)}


@pytest.mark.parametrize("mode", ["resource", "data"])
def test_every_kind_about_iam_is_judged(mode: Mode) -> None:
    about_iam = {kind for kind in kinds(mode) if kind.startswith(_ABOUT_IAM) and not kind.startswith(NOT_JUDGED[mode])}
    assert about_iam
    assert {kind for kind in about_iam if (mode, kind) not in judged()} == set()


@pytest.mark.parametrize("mode", ["resource", "data"])
def test_what_is_not_judged_is_there_and_is_not(mode: Mode) -> None:
    for beginning in NOT_JUDGED[mode]:
        found = {kind for kind in kinds(mode) if kind.startswith(beginning)}
        assert found
        assert not {kind for kind in found if (mode, kind) in judged()}
