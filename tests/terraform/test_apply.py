"""Terraform formats, validates, applies, leaves alone and takes away what is rendered; IAM holds what was asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from iamgen import limits
from iamgen.files import default_text
from moto_iam import REGIONS, Moto
from terraform import actual
from terraform.expected import Expected
from terraform.large import large, prepare
from terraform.roots import Data, Place, read, terraform

_FORMS = pytest.mark.parametrize("modules", [False, True], ids=["self-contained", "modules"])
_QUOTAS = {
    "managed": limits.MANAGED_POLICY_SIZE,
    "trust": limits.TRUST_POLICY_SIZE,
    "user": limits.INLINE_USER_SIZE,
    "group": limits.INLINE_GROUP_SIZE,
    "role": limits.INLINE_ROLE_SIZE,
}

# A state in a file is compared and written after each resource: with a thousand of them that is half of the time.
_REMOTE_STATE = {"backend.tf": 'terraform {\n  backend "http" {}\n}\n'}


def _stands(
    account: Moto, place: Place, data: Data, partition: str | None = None, more: Data | None = None, **options: Any
) -> dict[str, Any]:
    """The outputs, after an apply, a comparison, a plan that wants nothing, and before a destroy; `more`: files."""
    where = place(terraform(data, **options) | (more or {}), partition, ops_users='["erin", "frank"]')
    assert where.unformatted() == ""
    where.validate()
    where.apply()
    found = actual.account(account.iam(partition or "aws"))
    assert found == Expected(data, partition or "aws", ops_users=["erin", "frank"]).account()
    assert [kind for kind, document in actual.documents(found) if _size(document) > _QUOTAS[kind]] == []
    assert where.unfinished() == []
    outputs = where.outputs()
    where.destroy()
    return outputs


def _size(document: Any) -> int:
    return len(json.dumps(document, separators=(",", ":")))


def _nothing(account: Moto, partition: str = "aws") -> bool:
    return not any(actual.account(account.iam(partition)).values())


@pytest.mark.parametrize("partition", REGIONS)
def test_the_default_stands_in_every_partition(account: Moto, place: Place, partition: str) -> None:
    """And its outputs name the role and the console that switches to it."""
    outputs = _stands(account, place, yaml.safe_load(default_text()), partition)
    signin = {"aws": "aws.amazon.com", "aws-cn": "amazonaws.cn", "aws-us-gov": "amazonaws-us-gov.com"}[partition]
    assert outputs == {
        "require_mfa_policy_arn": f"arn:{partition}:iam::123456789012:policy/require-mfa",
        "sudo_role_arns": {"OpsSudo": f"arn:{partition}:iam::123456789012:role/OpsSudo"},
        "switch_role_links": {
            "OpsSudo": f"https://signin.{signin}/switchrole?account=123456789012&roleName=OpsSudo&displayName=OpsSudo",
        },
    }
    assert _nothing(account, partition)


@_FORMS
def test_a_roster_that_uses_every_field_stands(account: Moto, place: Place, modules: bool) -> None:
    """Links lead to roles with a path, too."""
    outputs = _stands(account, place, read("small"), modules=modules)
    assert outputs["switch_role_links"]["Ops.Sudo@home"].endswith(
        "&roleName=sudo%2FOps.Sudo%40home&displayName=Ops.Sudo%40home"
    )
    assert _nothing(account)


@_FORMS
def test_a_large_roster_stands(account: Moto, place: Place, modules: bool) -> None:
    """Groups that are managed elsewhere outlive it."""
    prepare(account.iam())
    _stands(account, place, large(), more=_REMOTE_STATE, modules=modules, split=not modules)
    left = actual.account(account.iam())
    assert left.pop("groups").keys() == {"team-07", "team-13"}
    assert not any(left.values())
