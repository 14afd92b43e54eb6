"""What a roster's choices do to the Terraform; that real Terraform agrees is shown in tests/terraform."""

from __future__ import annotations

import re
import textwrap

import pytest
from jinja2 import UndefinedError

from iamgen.files import default_text
from iamgen.load import load
from iamgen.render import Options, environment, fill, render

DOCUMENT = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "${x}"}]}'
BASE = """\
version: 1
sudo_roles:
  - name: OpsSudo
groups:
  - name: ops
    policies: [ReadOnlyAccess]
    sudo: [OpsSudo]
users:
  - name: alice
    groups: [ops]
"""


def _document(name: str) -> str:
    assert name == "read.json"
    return DOCUMENT


def rendered(roster: str, options: Options | None = None) -> str:
    loaded = load(textwrap.dedent(roster), "iamgen.yaml", _document)
    return "\n".join(render(loaded, options or Options()).values())


def squeezed(text: str) -> str:
    """Without the spaces that align, which depend on the neighbours."""
    return re.sub(r" +", " ", text)


CHOICES = {
    "max_age adds a second Deny": (
        BASE + "mfa: {max_age: 12h}\n",
        ['test     = "NumericGreaterThanIfExists"', 'values   = ["43200"]', '"DenyAllExceptListedIfMFAIsOld"'],
    ),
    "calls of services are spared by a second condition": (
        BASE + "mfa: {exempt_aws_service_calls: true, reason: Athena reads our buckets}\n",
        ['variable = "aws:ViaAWSService"', "# Reason: Athena reads our buckets"],
    ),
    "a password may be changed before MFA": (
        BASE + "mfa: {change_password_before_mfa: true, reason: first sign-in}\n",
        ['      "iam:ChangePassword",\n      "iam:CreateVirtualMFADevice",', "# iamgen: ignore[IAM006] first sign-in"],
    ),
    "what exists is imported": (
        BASE.replace("name: alice", "name: alice\n    exists: true") + "mfa: {exists: true}\npath: /x/\n",
        [
            'required_version = ">= 1.6"',
            'to = aws_iam_user.this["alice"]\n  id = "alice"',
            'id = "arn:${local.partition}:iam::${local.account}:policy/x/require-mfa"',
        ],
    ),
    "a group that is managed elsewhere is only attached to": (
        BASE.replace("name: ops\n", "name: ops\n    create: false\n"),
        ['group      = "ops"\n  policy_arn = aws_iam_policy.require_mfa.arn'],
    ),
    "a user in no group has a gate of its own": (
        BASE + "  - name: bob\n",
        ["user       = aws_iam_user.this[each.key].name", 'for_each = toset(["bob"])'],
    ),
    "an AWS-managed policy is found under its path": (
        BASE.replace("ReadOnlyAccess", "ViewOnlyAccess"),
        ['"arn:${local.partition}:iam::aws:policy/job-function/ViewOnlyAccess"'],
    ),
    "trusted accounts replace the own one": (
        BASE.replace(
            "- name: OpsSudo", "- name: OpsSudo\n    trusted_accounts: ['210987654321']\n    user_path: /ops/"
        ),
        [
            'identifiers = ["arn:${local.partition}:iam::210987654321:root"]',
            'values   = ["arn:${local.partition}:iam::210987654321:user/ops/*"]',
        ],
    ),
    "users that differ are told apart": (
        BASE + "    path: /people/\n  - name: bob\n    groups: [ops]\n    tags: {Team: blue}\n",
        ["path                 = each.value.path", "tags                 = each.value.tags", '"Team" = "blue"'],
    ),
    "users that share are not": (
        BASE + "path: /people/\n",
        ['path                 = "/people/"', 'for_each = toset(["alice"])'],
    ),
    "users of a variable join those of the roster": (
        BASE.replace("name: ops\n", "name: ops\n    users_variable: ops_users\n"),
        ['for_each = setunion(var.ops_users, ["alice"])', 'variable "ops_users" {'],
    ),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_choice(choice: str) -> None:
    roster, expected = CHOICES[choice]
    text = squeezed(rendered(roster))
    assert [part for part in expected if squeezed(part) not in text] == []


def test_inline_documents_are_literals() -> None:
    text = rendered(BASE.replace("[ReadOnlyAccess]", "[{name: read, document: read.json}]"))
    assert '"Resource" = "$${x}"' in text
    assert "policy = each.value" in text


def test_a_group_that_need_not_have_mfa_has_no_gate() -> None:
    gated = rendered(BASE)
    ungated = rendered(BASE.replace("name: ops\n", "name: ops\n    require_mfa: false\n    reason: a sandbox\n"))
    assert "aws_iam_group_policy_attachment.ops_require_mfa.id" in gated
    assert "require_mfa.arn\n\n  depends_on" not in ungated
    assert "# Reason: a sandbox" in ungated


def test_the_default_is_what_init_writes() -> None:
    text = rendered(default_text())
    for part in ('"require-mfa"', '"OpsSudo"', 'variable "ops_users"', "AdministratorAccess", "ReadOnlyAccess"):
        assert part in text


def test_split_and_single_hold_the_same_blocks() -> None:
    loaded = load(BASE, "iamgen.yaml", _document)
    split = render(loaded, Options(split=True))
    assert list(split) == ["versions.tf", "variables.tf", "main.tf", "outputs.tf"]
    single = render(loaded, Options())["main.tf"]
    lines = {line for text in split.values() for line in text.splitlines()}
    assert lines == set(single.splitlines())
    assert all(text.startswith("# Generated by `iamgen render`") for text in split.values())


def test_region_and_module_source() -> None:
    assert 'provider "aws" {\n  region = "eu-west-1"\n}' in rendered(BASE, Options(region="eu-west-1"))
    assert 'provider "aws"' not in rendered(BASE)
    calls = rendered(BASE, Options(module_source="git::https://git.acme.example/iam.git//modules?ref=v1"))
    assert 'source = "git::https://git.acme.example/iam.git//modules/sudo-role?ref=v1"' in calls
    assert "depends_on = [terraform_data.before_gates]" not in calls
    assert "attach_gate_after = terraform_data.before_gates.id" in calls


def test_order_in_the_roster_does_not_matter() -> None:
    one = BASE + "  - name: bob\n    groups: [ops]\n"
    other = BASE.replace("  - name: alice\n", "  - name: bob\n    groups: [ops]\n  - name: alice\n")
    assert rendered(one) == rendered(other)


def test_an_undefined_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        fill("root/versions.tf", {})


def test_everything_in_a_template_is_quoted_by_one_function() -> None:
    template = environment().from_string("name = {{ name }}")
    assert template.render(name='x" }\n${y}') == 'name = "x\\" }\\n$${y}"'
