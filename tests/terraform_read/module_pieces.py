"""What modules at random are made of: variables and locals, and expressions of which one is chosen."""

from __future__ import annotations

VARIABLES = """
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
EACH = (
    "var.members",
    "local.staff",
    "local.teams",
    "local.flat",
    "toset(var.settings.names)",
    "{ for index, name in var.settings.names : name => index if index < var.settings.size }",
    "var.settings.on ? var.members : {}",
    'setunion(keys(local.staff), ["zoe"])',
)
COUNTS = (
    "var.settings.on ? 1 : 0",
    "var.settings.size",
    "length(local.staff)",
    "max(length(var.settings.names) - 1, 0)",
)
CALLS_EACH = (
    "local.teams",
    'toset(slice(concat(var.settings.names, ["x", "y"]), 0, 2))',
    "var.settings.on ? { only = 1 } : {}",
)
CALLS_COUNT = ("var.settings.on ? 1 : 0", "min(var.settings.size, 2)", "length(local.teams) > 1 ? 2 : 1")
PATHS = (
    "var.settings.path",
    '"/fixed/"',
    'var.settings.on ? var.settings.path : "/off/"',
    'format("/%s/", lower(var.prefix))',
    'try(var.members["joe"].team, null) == null ? "/" : "/${var.members["joe"].team}/"',
)
SETTINGS = (
    "{}",
    "var.settings",
    "{ on = false, names = [] }",
    "{ on = !var.settings.on, size = var.settings.size + 1 }",
    'merge(var.settings, { path = "/merged/" })',
    '{ names = concat(var.settings.names, ["new"]), path = null }',
)
MEMBERS = (
    "var.members",
    "local.staff",
    "{}",
    'merge(var.members, { lee = { team = "blue", admin = null } })',
    "{ for name in var.settings.names : name => { admin = length(name) > 3 } }",
)
DOCUMENTS = (
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
DOCUMENT = """
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
TRUST = """jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })"""
USERS_BY_KEY = "{ for key, one in aws_iam_user.each : key => one.name }"
GROUPS = ("aws_iam_group.g.name", "aws_iam_group.g.id", '"${var.prefix}-g"', 'join("-", [var.prefix, "g"])')
USERS = (
    "[for one in aws_iam_user.each : one.name]",
    "values(aws_iam_user.each)[*].name",
    "aws_iam_user.counted[*].name",
    "concat(aws_iam_user.counted[*].id, values(aws_iam_user.each)[*].id)",
    '[for name in var.settings.names : "${var.prefix}-${name}"]',
)
POLICIES = (
    "aws_iam_policy.p.arn",
    '"arn:aws:iam::aws:policy/IAMReadOnlyAccess"',
    "one(aws_iam_policy.more[*].arn) == null ? aws_iam_policy.p.arn : aws_iam_policy.more[0].arn",
)
