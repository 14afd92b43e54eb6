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
from tf import Workspace

_FORMS = pytest.mark.parametrize("modules", [False, True], ids=["self-contained", "modules"])
_USERS = {"ops_users": '["erin", "frank"]'}
_QUOTAS = {
    "managed": limits.MANAGED_POLICY_SIZE,
    "trust": limits.TRUST_POLICY_SIZE,
    "user": limits.INLINE_USER_SIZE,
    "group": limits.INLINE_GROUP_SIZE,
    "role": limits.INLINE_ROLE_SIZE,
}

# A state in a file is compared and written after each resource: with a thousand of them that is half of the time.
_REMOTE_STATE = {"backend.tf": 'terraform {\n  backend "http" {}\n}\n'}


def _stands(account: Moto, where: Workspace, data: Data, partition: str = "aws") -> dict[str, Any]:
    """The outputs, after an apply, a comparison, a plan that wants nothing, and before a destroy."""
    _is_made(account, where, data, partition)
    outputs = where.outputs()
    where.destroy()
    return outputs


def _is_made(account: Moto, where: Workspace, data: Data, partition: str = "aws") -> None:
    assert where.unformatted() == ""
    where.validate()
    where.apply()
    found = actual.account(account.iam(partition))
    assert found == Expected(data, partition, ops_users=["erin", "frank"]).account()
    assert [kind for kind, document in actual.documents(found) if _size(document) > _QUOTAS[kind]] == []
    assert where.unfinished() == []


def _size(document: Any) -> int:
    return len(json.dumps(document, separators=(",", ":")))


def _nothing(account: Moto, partition: str = "aws") -> bool:
    return not any(actual.account(account.iam(partition)).values())


@pytest.mark.parametrize("partition", REGIONS)
def test_the_default_stands_in_every_partition(account: Moto, place: Place, partition: str) -> None:
    """And its outputs name the role and the console that switches to it."""
    data = yaml.safe_load(default_text())
    outputs = _stands(account, place(terraform(data, region=REGIONS[partition]), **_USERS), data, partition)
    signin = {"aws": "aws.amazon.com", "aws-cn": "amazonaws.cn", "aws-us-gov": "amazonaws-us-gov.com"}[partition]
    assert outputs == {
        "require_mfa_policy_arn": f"arn:{partition}:iam::123456789012:policy/require-mfa",
        "sudo_role_arns": {"OpsSudo": f"arn:{partition}:iam::123456789012:role/OpsSudo"},
        "switch_role_links": {
            "OpsSudo": f"https://signin.{signin}/switchrole?account=123456789012&roleName=OpsSudo&displayName=OpsSudo",
        },
    }
    assert _nothing(account, partition)


def test_the_default_stands_as_it_is(account: Moto, place: Place) -> None:
    """With a provider that Terraform starts, where the environment says, as it does for everybody."""
    data = yaml.safe_load(default_text())
    _stands(account, place(terraform(data), starts=True, **_USERS), data)
    assert _nothing(account)


@_FORMS
def test_a_roster_that_uses_every_field_stands(account: Moto, place: Place, modules: bool) -> None:
    """Links lead to roles with a path, too."""
    data = read("small")
    outputs = _stands(account, place(terraform(data, modules), **_USERS), data)
    assert outputs["switch_role_links"]["Ops.Sudo@home"].endswith(
        "&roleName=sudo%2FOps.Sudo%40home&displayName=Ops.Sudo%40home"
    )
    assert _nothing(account)


def test_a_large_roster_stands_in_one_form_and_then_in_the_other(account: Moto, place: Place) -> None:
    """Nothing changes in between; groups that are managed elsewhere outlive it."""
    prepare(account.iam())
    data = large()
    where = place(terraform(data, split=True) | _REMOTE_STATE, **_USERS)
    _is_made(account, where, data)
    account.forget()
    where.write(terraform(data, modules=True) | _REMOTE_STATE)
    where.init()
    _is_made(account, where, data)
    assert account.changes() == []
    where.destroy()
    left = actual.account(account.iam())
    assert left.pop("groups").keys() == {"team-07", "team-13"}
    assert not any(left.values())
