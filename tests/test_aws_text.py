"""The MFA policy is AWS's own text, up to the choices that are named here; and it fits its quota with any choice.

Source: "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page"
(IAM User Guide). That Terraform makes the same of both forms is shown in tests/terraform.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import hcl2
import pytest

from iamgen import limits
from terraform.policies import CHOICES, Document, gate, normal
from terraform.roots import terraform

_PREFIX = "arn:aws:iam::123456789012"
_KNOWN = {"${local.partition}": "aws", "${local.account}": "123456789012", "$${": "${"}
_LONGEST = "aws-us-gov"


def _ours(aws: Document) -> Document:
    """AWS's text with our choices."""
    ours = copy.deepcopy(aws)
    for statement in ours["Statement"]:
        if statement["Resource"] == "arn:aws:iam::*:user/${aws:username}":
            # this account's users only, and also those with a path
            statement["Resource"] = [f"{_PREFIX}:user/${{aws:username}}", f"{_PREFIX}:user/*/${{aws:username}}"]
        if statement["Resource"] == "arn:aws:iam::*:mfa/*":
            statement["Resource"] = f"{_PREFIX}:mfa/*"
        if statement["Sid"] == "AllowManageOwnUserMFA":
            # AWS exempts it from the Deny and allows it nowhere
            statement["Action"].append("iam:GetMFADevice")
    return ours


def test_the_expected_text_is_aws_text_with_our_choices(shared: Path) -> None:
    aws = json.loads((shared / "data" / "aws_self_manage_policy_current.json").read_text(encoding="utf-8"))
    assert normal(gate({})) == normal(_ours(aws))


@pytest.mark.parametrize("choice", CHOICES)
def test_the_rendered_text_is_the_expected_one(choice: str) -> None:
    assert normal(_rendered(CHOICES[choice])) == normal(gate(CHOICES[choice]))


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_fits_the_quota(choice: str) -> None:
    size = len(json.dumps(gate(CHOICES[choice], _LONGEST), separators=(",", ":")))
    assert size <= limits.MANAGED_POLICY_SIZE


def _rendered(mfa: Document) -> Document:
    """The rendered policy in the account of `_KNOWN`, put together as `aws_iam_policy_document` does."""
    parsed = hcl2.loads(terraform({"version": 1, "mfa": mfa})["main.tf"])
    documents = {name: body for block in parsed["data"] for each in block.values() for name, body in each.items()}
    own: list[str] = next((block["self"] for block in parsed.get("locals", []) if "self" in block), [])
    statements = [_statement(block, own) for block in documents['"require_mfa"']["statement"]]
    return {"Version": "2012-10-17", "Statement": statements}


def _statement(block: dict[str, Any], own: list[str]) -> Document:
    keys = {"sid": "Sid", "actions": "Action", "not_actions": "NotAction", "resources": "Resource"}
    resolved = {**block, "resources": own if block["resources"] == "${local.self}" else block["resources"]}
    found: Document = {new: _values(resolved[old]) for old, new in keys.items() if old in resolved}
    found["Effect"] = _values(block.get("effect", '"Allow"'))
    for condition in block.get("condition", []):
        test = found.setdefault("Condition", {}).setdefault(_values(condition["test"]), {})
        test[_values(condition["variable"])] = _values(condition["values"])
    return found


def _values(literal: Any) -> Any:
    if isinstance(literal, list):
        return [_values(each) for each in literal]
    text = str(literal).strip('"')
    for old, new in _KNOWN.items():
        text = text.replace(old, new)
    return text
