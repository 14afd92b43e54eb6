"""Across modules, files and templates the text of a policy leads back to the lines of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from iamgen_rules.account.resource import Step, Written
from iamgen_rules.terraform.read import read

from .trees import parts, plant

TREE = """
--- root/main.tf
locals {
  statement = {
    Effect = "Allow"
  }
}
module "m" {
  source = "./m"
  policy = jsonencode({ Statement = [local.statement] })
}
resource "aws_iam_policy" "heredoc" {
  policy = <<EOT
{"Statement": [
  {"Effect": "Allow"},
  {"Effect": "Deny"}
]}
EOT
}
resource "aws_iam_policy" "file" {
  policy = file("policy.json")
}
resource "aws_iam_policy" "template" {
  policy = templatefile("policy.tpl", { effect = "Allow" })
}
--- root/policy.json
{"Statement": [
  {"Effect": "Allow"}]}
--- root/policy.tpl
{"Statement": [
  {"Effect": "${effect}"},
  {"Effect": "Deny"}
]}
--- root/m/main.tf
variable "policy" {
  type = string
}
resource "aws_iam_policy" "encoded" {
  policy = var.policy
}
"""


@pytest.mark.parametrize(
    ("address", "path", "line"),
    [
        ("module.m.aws_iam_policy.encoded", ("Statement", 0), "root/main.tf:2"),
        ("aws_iam_policy.heredoc", ("Statement", 1), "root/main.tf:14"),
        ("aws_iam_policy.file", ("Statement", 0, "Effect"), "root/policy.json:2"),
        ("aws_iam_policy.template", ("Statement", 0), "root/policy.tpl:2"),
        ("aws_iam_policy.template", ("Statement", 1), "root/policy.tpl:3"),
    ],
)
def test_a_part_of_a_policy_leads_to_its_line(
    address: str, path: Sequence[Step], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, parts(TREE))
    monkeypatch.chdir(tmp_path)
    (root,) = read(["root"]).roots
    (policy,) = (one.values["policy"] for one in root.resources if one.address == address)
    assert isinstance(policy, Written)
    assert str(policy.origin.place(path)).rpartition(":")[0] == line
