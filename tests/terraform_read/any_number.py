"""Modules that are used without values, in pieces: how many users there are, how they are called and referred to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from iamgen_rules.account.from_resources import accounts
from iamgen_rules.account.judging import judge
from iamgen_rules.account.model import Account, Ref
from iamgen_rules.terraform.read import read

from .trees import plant

VALUES: Mapping[str, tuple[str, ...]] = {
    "users": ("[]", '["ann"]', '["ann", "bob"]', '["ann", "bob", "cy"]'),
    "people": ("{}", '{ a = "ann" }', '{ a = "ann", b = "bob" }', '{ a = "ann", b = "bob", c = "cy" }'),
    "n": ("0", "1", "2", "3"),
    "create": ("false", "true", "true", "false"),
}
TYPES = {"users": "list(string)", "people": "map(string)", "n": "number", "create": "bool"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_INDEX = re.compile(r"\[[^]]*\]")


@dataclass(frozen=True)
class Fact:
    """Something that is said of a user: which, how often, of whom."""

    kind: str
    expansion: str
    user: str

    def block(self, number: int) -> str:
        """The resource; each of a type has a number."""
        text = _KINDS[self.kind].replace("@expansion", self.expansion)
        return text.replace("@user", self.user).replace("@n", str(number))


_KINDS = {
    "grant": """
resource "aws_iam_user_policy_attachment" "x@n" {
  @expansion
  user = @user
  policy_arn = local.admin
}""",
    "gate": """
resource "aws_iam_user_policy" "x@n" {
  @expansion
  user = @user
  name = "gate"
  policy = local.deny
}""",
    "admins": """
resource "aws_iam_user_group_membership" "x@n" {
  @expansion
  user = @user
  groups = [aws_iam_group.admins.name]
}""",
    "gated": """
resource "aws_iam_user_group_membership" "x@n" {
  @expansion
  user = @user
  groups = [aws_iam_group.gated.name]
}""",
    "all admins": """
resource "aws_iam_group_membership" "x@n" {
  @expansion
  name = "x@n"
  users = @user
  group = aws_iam_group.admins.name
}""",
    "all gated": """
resource "aws_iam_group_membership" "x@n" {
  @expansion
  name = "x@n"
  users = @user
  group = aws_iam_group.gated.name
}""",
    "role": """
resource "aws_iam_role" "x@n" {
  @expansion
  name_prefix = "r@n"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "${local.users}${@user}" } }
  ] })
  managed_policy_arns = [local.admin]
}""",
    "role of others": """
resource "aws_iam_role" "x@n" {
  @expansion
  name_prefix = "r@n"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = local.account }
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = "${local.users}${@user}" } } },
  ] })
  managed_policy_arns = [local.admin]
}""",
    "assume": """
resource "aws_iam_user_policy" "x@n" {
  @expansion
  user = @user
  name = "assume"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Resource = "*" },
  ] })
}""",
    "takeover of others": """
resource "aws_iam_user_policy" "x@n" {
  @expansion
  user = @user
  name = "takeover"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "iam:CreateAccessKey", NotResource = "${local.users}${@user}" },
  ] })
}""",
}
_COMMON = """
data "aws_caller_identity" "me" {}
locals {
  admin   = "arn:aws:iam::aws:policy/AdministratorAccess"
  account = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"
  users   = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:user/"
  deny = jsonencode({ Version = "2012-10-17", Statement = [{
    Effect = "Deny", NotAction = "iam:ListUsers", Resource = "*"
    Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
  }] })
}
resource "aws_iam_group" "admins" { name = "admins" }
resource "aws_iam_group_policy_attachment" "admins" {
  group = aws_iam_group.admins.name
  policy_arn = local.admin
}
resource "aws_iam_group" "gated" { name = "gated" }
resource "aws_iam_group_policy" "gated" {
  group = aws_iam_group.gated.name
  name = "gate"
  policy = local.deny
}
"""


def module(expansion: str, name: str, facts: tuple[Fact, ...]) -> str:
    """A module with users and what is said of them, without its variables."""
    user = f'\nresource "aws_iam_user" "u" {{\n  {expansion}\n  name = {name}\n}}\n'
    return _COMMON + user + "".join(fact.block(number) for number, fact in enumerate(facts))


def _variables(given: Mapping[str, str]) -> str:
    defaults = {name: f"\n  default = {given[name]}" if name in given else "" for name in TYPES}
    return "".join(f'variable "{name}" {{\n  type = {type_}{defaults[name]}\n}}\n' for name, type_ in TYPES.items())


def verdicts(folder: Path, text: str, given: Mapping[str, str]) -> Mapping[str, set[str]] | None:
    """By the address of a resource, what is said of its instances; None where Terraform would refuse it."""
    plant(folder, {"main.tf": _variables(given) + text})
    (root,) = read([str(folder)]).roots
    if root.problems:
        return None
    found: dict[str, set[str]] = {}
    for account in (built.account for built in accounts(root.resources)):
        for ref, judged in judge(account, NOW).items():
            found.setdefault(_INDEX.sub("", _address(account, ref)), set()).add(judged.verdict)
    return found


def _address(account: Account, ref: Ref) -> str:
    everybody = (("user", account.users), ("group", account.groups), ("role", account.roles))
    found = (one for kind, some in everybody for one in some if (kind, one.name) == ref)
    return next(one.address or one.name for one in found)
