"""Trees of modules at random: calls in calls, what goes in and comes out of them, and resources of IAM in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]
Files = dict[str, str]

_VARIABLES = """
variable "prefix" {
  type = string
}
variable "settings" {
  type = object({
    on    = optional(bool, true)
    path  = optional(string, "/teams/")
    names = optional(list(string), ["ann", "bob"])
    size  = optional(number, 1)
  })
  default = {}
}
variable "members" {
  type = map(object({
    admin = optional(bool, false)
    team  = optional(string)
    tags  = optional(map(string), { made = "here" })
  }))
  default = {
    eve = { admin = true }
    joe = { team = "red" }
    kim = {}
  }
}
locals {
  staff = { for name, one in var.members : name => one if !one.admin }
  teams = { for name, one in var.members : coalesce(one.team, "none") => name... }
  flat  = merge([for team, names in local.teams : { for name in names : "${team}.${name}" => name }]...)
}
"""
_EACH = (
    "var.members",
    "local.staff",
    "local.teams",
    "local.flat",
    "toset(var.settings.names)",
    "{ for index, name in var.settings.names : name => index if index < var.settings.size }",
    "var.settings.on ? var.members : {}",
    'setunion(keys(local.staff), ["zoe"])',
)
_COUNTS = (
    "var.settings.on ? 1 : 0",
    "var.settings.size",
    "length(local.staff)",
    "max(length(var.settings.names) - 1, 0)",
)
_CALLS_EACH = (
    "local.teams",
    'toset(slice(concat(var.settings.names, ["x", "y"]), 0, 2))',
    "var.settings.on ? { only = 1 } : {}",
)
_CALLS_COUNT = ("var.settings.on ? 1 : 0", "min(var.settings.size, 2)", "length(local.teams) > 1 ? 2 : 1")
_PATHS = (
    "var.settings.path",
    '"/fixed/"',
    'var.settings.on ? var.settings.path : "/off/"',
    'format("/%s/", lower(var.prefix))',
    'try(var.members["joe"].team, null) == null ? "/" : "/${var.members["joe"].team}/"',
)
_SETTINGS = (
    "{}",
    "var.settings",
    "{ on = false, names = [] }",
    "{ on = !var.settings.on, size = var.settings.size + 1 }",
    'merge(var.settings, { path = "/merged/" })',
    '{ names = concat(var.settings.names, ["new"]), path = null }',
)
_MEMBERS = (
    "var.members",
    "local.staff",
    "{}",
    'merge(var.members, { lee = { team = "blue", admin = null } })',
    "{ for name in var.settings.names : name => { admin = length(name) > 3 } }",
)
_DOCUMENTS = (
    'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })',
    """jsonencode({
    Version = "2012-10-17"
    Statement = [for name in sort(keys(local.staff)) : {
      Sid      = title(name)
      Effect   = var.settings.on ? "Allow" : "Deny"
      Action   = ["iam:Get*", "iam:List*"]
      Resource = "arn:aws:iam::111122223333:user/${name}"
    }]
  })""",
    "data.aws_iam_policy_document.d.json",
    """<<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::*:role/${var.prefix}-*"}
      ]
    }
  EOT""",
)
_DOCUMENT = """
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = var.settings.on ? { read = ["iam:Get*"], write = ["iam:Put*", "iam:Attach*"] } : { none = ["s3:List*"] }
    content {
      sid       = title(statement.key)
      actions   = statement.value
      resources = ["arn:aws:iam::111122223333:user/&{aws:username}"]
      dynamic "condition" {
        for_each = statement.key == "write" ? [true] : []
        content {
          test     = "Bool"
          variable = "aws:MultiFactorAuthPresent"
          values   = [condition.value]
        }
      }
    }
  }
}
"""
_TRUST = """jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })"""
_USERS_BY_KEY = "{ for key, one in aws_iam_user.each : key => one.name }"
_GROUPS = ("aws_iam_group.g.name", "aws_iam_group.g.id", '"${var.prefix}-g"', 'join("-", [var.prefix, "g"])')
_USERS = (
    "[for one in aws_iam_user.each : one.name]",
    "values(aws_iam_user.each)[*].name",
    "aws_iam_user.counted[*].name",
    "concat(aws_iam_user.counted[*].id, values(aws_iam_user.each)[*].id)",
    '[for name in var.settings.names : "${var.prefix}-${name}"]',
)
_POLICIES = (
    "aws_iam_policy.p.arn",
    '"arn:aws:iam::aws:policy/IAMReadOnlyAccess"',
    "one(aws_iam_policy.more[*].arn) == null ? aws_iam_policy.p.arn : aws_iam_policy.more[0].arn",
)


@dataclass
class Maker:
    """Writes one tree; `choose` takes one of several."""

    choose: Choose[str]
    files: Files = field(default_factory=dict)

    def module(self, folder: str, depth: int) -> None:
        """Write a module and those that it calls; what the first of them gave out may go into the second."""
        given: list[str] = []  # names that calls gave out
        calls: list[str] = []
        for number in range(int(self.choose("1122")) if depth else 0):
            way = self.choose(("", f"count = {self.choose(_CALLS_COUNT)}", f"for_each = {self.choose(_CALLS_EACH)}"))
            calls.append(self.call(folder, f"m{number}", depth, way, given))
            given.append(f"[for one in module.m{number} : one.names]" if way else f"module.m{number}.names")
        texts = [_VARIABLES, _DOCUMENT, self.users(), self.groups(), self.policies(), self.roles(), *calls]
        self.files[f"{folder}/main.tf"] = "".join(texts) + self.outputs(given)

    def users(self) -> str:
        """Users with for_each and with count."""
        return f"""
resource "aws_iam_user" "each" {{
  for_each = {self.choose(_EACH)}
  name     = "${{var.prefix}}-${{each.key}}"
  path     = {self.choose(_PATHS)}
  tags     = try(each.value.tags, {{ key = each.key }})
}}
resource "aws_iam_user" "counted" {{
  count         = {self.choose(_COUNTS)}
  name          = format("%s-n%02d", var.prefix, count.index)
  force_destroy = count.index % 2 == 0
}}
"""

    def groups(self) -> str:
        """A group, and who is in it."""
        group = self.choose(_GROUPS)
        additive = f"""
resource "aws_iam_user_group_membership" "m" {{
  for_each = {_USERS_BY_KEY}
  user     = each.value
  groups   = [{group}]
}}
"""
        exclusive = f"""
resource "aws_iam_group_membership" "m" {{
  name  = "${{var.prefix}}-m"
  group = {group}
  users = {self.choose(_USERS)}
}}
"""
        made = f"""
resource "aws_iam_group" "g" {{
  name = "${{var.prefix}}-g"
  path = {self.choose(_PATHS)}
}}
"""
        return made + self.choose((additive, exclusive, additive + exclusive))

    def policies(self) -> str:
        """Policies, and to whom they are attached."""
        return f"""
resource "aws_iam_policy" "p" {{
  name   = "${{var.prefix}}-p"
  policy = {self.choose(_DOCUMENTS)}
}}
resource "aws_iam_policy" "more" {{
  count  = {self.choose(_COUNTS[:1])}
  name   = "${{var.prefix}}-more"
  policy = {self.choose(_DOCUMENTS)}
}}
resource "aws_iam_group_policy_attachment" "a" {{
  for_each   = {{ own = {self.choose(_POLICIES)}, aws = "arn:aws:iam::aws:policy/ReadOnlyAccess" }}
  group      = {self.choose(_GROUPS)}
  policy_arn = each.value
}}
resource "aws_iam_user_policy_attachment" "a" {{
  for_each   = aws_iam_user.each
  user       = {self.choose(("each.value.name", "each.value.id", "aws_iam_user.each[each.key].name"))}
  policy_arn = {self.choose(_POLICIES)}
}}
"""

    def roles(self) -> str:
        """Perhaps a role with a policy of its own."""
        role = f"""
resource "aws_iam_role" "r" {{
  name                 = "${{var.prefix}}-r"
  max_session_duration = var.settings.size * 3600
  assume_role_policy   = {_TRUST}
}}
resource "aws_iam_role_policy" "own" {{
  count  = {self.choose(_COUNTS)}
  name   = "own-${{count.index}}"
  role   = {self.choose(("aws_iam_role.r.id", "aws_iam_role.r.name", '"${var.prefix}-r"'))}
  policy = {self.choose(_DOCUMENTS)}
}}
"""
        return self.choose((role, ""))

    def call(self, folder: str, name: str, depth: int, way: str, given: list[str]) -> str:
        """A call, and the module that is called."""
        self.module(f"{folder}/{name}", depth - 1)
        key = {"": "", "c": "-${count.index}", "f": "-${each.key}"}[way[:1]]
        out = [f'{{ for one in slice(sort(flatten([{names}])), 0, 1) : one => {{ team = "out" }} }}' for names in given]
        return f"""
module "{name}" {{
  source   = "./{name}"
  {way}
  prefix   = "${{var.prefix}}-{name}{key}"
  settings = {self.choose(_SETTINGS)}
  members  = {self.choose((*_MEMBERS, *out))}
}}
"""

    @staticmethod
    def outputs(given: list[str]) -> str:
        """Names and ARNs, with those of the modules inside."""
        inner = "".join(f", {names}" for names in given)
        return f"""
output "names" {{
  value = sort(distinct(flatten([aws_iam_group.g.name, values(aws_iam_user.each)[*].name{inner}])))
}}
output "arns" {{
  value = {{ group = aws_iam_group.g.arn, users = {{ for key, one in aws_iam_user.each : key => one.arn }} }}
}}
"""


@st.composite
def module_trees(draw: st.DrawFn, deepest: int = 2) -> Files:
    """The files of one tree; its module at the top is in `top` and needs a `prefix`."""

    def choose(options: Sequence[str]) -> str:
        return options[draw(st.integers(0, len(options) - 1))]

    maker = Maker(choose)
    maker.module("top", draw(st.sampled_from((1, deepest, 1))))
    return maker.files
