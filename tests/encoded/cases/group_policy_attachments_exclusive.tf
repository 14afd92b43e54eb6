# The same for a group.
resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_user" "members" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_group_membership" "admins" {
  name  = "admins"
  group = aws_iam_group.admins.name
  users = [for member in aws_iam_user.members : member.name]
}

locals {
  policies = ["arn:aws:iam::aws:policy/AdministratorAccess"] # @open
  policies = ["arn:aws:iam::aws:policy/AdministratorAccess", aws_iam_policy.gate.arn] # @gated broken
}

resource "aws_iam_group_policy_attachments_exclusive" "admins" {
  group_name  = aws_iam_group.admins.name
  policy_arns = local.policies # ! open
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists" # @gated
      test     = "Bool" # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}
