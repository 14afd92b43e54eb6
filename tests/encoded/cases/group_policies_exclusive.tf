# The same for a group; the gate is named, and does not hold.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.admins.name]
}

resource "aws_iam_group_policy" "this" {
  for_each = local.inline
  name     = each.key
  group    = aws_iam_group.admins.name
  policy   = jsonencode({ Version = "2012-10-17", Statement = [each.value] })
}

locals {
  inline = {
    admin = { Effect = "Allow", Action = "*", Resource = "*" } # ! open
    gate = { Effect = "Deny", NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"], Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } } # @gated
    gate = { Effect = "Deny", NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"], Resource = "*", Condition = { Null = { "aws:MultiFactorAuthPresent" = "true" } } } # @broken !
  }
}

resource "aws_iam_group_policies_exclusive" "admins" {
  group_name   = aws_iam_group.admins.name
  policy_names = keys(local.inline)
}
