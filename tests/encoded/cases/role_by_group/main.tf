# A group may assume the administrator role of a module; whether it asks for MFA is an argument of the module.
module "admin" {
  source      = "./role"
  require_mfa = true # @gated
  operator    = "BoolIfExists" # @broken
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_user" "member" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_user_group_membership" "ops" {
  for_each = aws_iam_user.member
  user     = each.key
  groups   = [aws_iam_group.ops.name]
}

resource "aws_iam_group_policy" "assume" {
  group  = aws_iam_group.ops.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = module.admin.arn }] })
}
