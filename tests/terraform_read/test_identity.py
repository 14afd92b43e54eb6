"""Two values that are unknown are the same one where Terraform would make the same text of them, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from iamgen_rules.account.resource import Plain
from iamgen_rules.policy.text import Partial, Unknown, parts_of
from iamgen_rules.terraform.read import read

from .trees import plant

CONFIGURATION = """
variable "x" {}
variable "y" {}
variable "list" { type = list(string) }
variable "number" { type = number }
locals { x = var.x }
resource "random_id" "r" {}
resource "random_id" "s" {}
resource "random_id" "many" { count = var.number }
resource "aws_iam_role" "prefixed" { name_prefix = "p-" }
module "remote" { source = "example/remote/aws" }
module "local" {
  source = "./module"
  x      = var.x
}
module "needs" { source = "./module" }
resource "aws_iam_user" "one" { name = %s }
resource "aws_iam_user" "other" { name = %s }
"""
MODULE = 'variable "x" {}\noutput "x" { value = var.x }\n'
SAME = [
    ("var.x", "var.x"),
    ("var.x", "local.x"),
    ("var.x", '"${var.x}"'),
    ("var.x", "module.local.x"),
    ("module.needs.x", "module.needs.x"),
    ('"a-${var.x}"', 'format("a-%s", var.x)'),
    ('"a-${var.x}"', 'join("-", ["a", var.x])'),
    ('"a-${var.x}"', 'jsondecode("\\"a-${var.x}\\"")'),
    ("random_id.r.hex", "random_id.r.hex"),
    ("aws_iam_role.prefixed.name", "aws_iam_role.prefixed.id"),
    ("module.remote.id", "module.remote.id"),
    ("one([var.x])", 'element(["a", var.x], 1)'),
    ("tostring(var.x)", 'try(var.x, "b")'),
    ("var.list[0]", "var.list[0]"),
    ("var.list[0]", "element(var.list, 0)"),
    ("var.x.name", 'var.x["name"]'),
]
OTHERS = [
    ("var.x", "var.y"),
    ("var.x", "module.needs.x"),
    ("random_id.r.hex", "random_id.s.hex"),
    ("random_id.r.hex", "random_id.r.b64_url"),
    ("module.remote.id", "module.remote.name"),
    ("var.list[0]", "var.list[1]"),
    ("var.x", "lower(var.x)"),
    ('"a-${var.x}"', 'upper("a-${var.x}")'),
    ('"a-${var.x}"', 'trimspace("a-${var.x}")'),
    ('"a-${var.x}"', 'replace("a-${var.x}", "b", "c")'),
    ('"a-${var.x}"', 'trimprefix("a-${var.x}", "b")'),
    ("var.x", 'split(",", var.x)[0]'),
    ("var.x", 'var.y == "" ? var.x : "b"'),
    ("var.x", 'format("%10s", var.x)'),
    ("random_id.many[0].hex", "random_id.many[1].hex"),
]


def _names(folder: Path, one: str, other: str) -> tuple[Plain, Plain]:
    plant(folder, {"main.tf": CONFIGURATION % (one, other), "module/main.tf": MODULE})
    (root,) = (root for root in read([str(folder)]).roots if root.folder == str(folder))
    found = {resource.address: resource.values.get("name") for resource in root.resources}
    return found["aws_iam_user.one"], found["aws_iam_user.other"]


def _spelt(value: Plain) -> list[str]:
    """What a text is made of; a piece without identity is like no other."""
    assert isinstance(value, str | Unknown | Partial)
    parts = parts_of(value)
    return [part if isinstance(part, str) else f"<{part.identity or id(part)}>" for part in parts]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str, tmp_path: Path) -> None:
    first, second = _names(tmp_path, one, other)
    assert _spelt(first) == _spelt(second)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_perhaps_another(one: str, other: str, tmp_path: Path) -> None:
    """Also two of which nobody has worked out that they are the same."""
    first, second = _names(tmp_path, one, other)
    assert _spelt(first) != _spelt(second)
