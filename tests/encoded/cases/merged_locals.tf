# jsonencode of merged objects and concatenated lists.
resource "aws_iam_user" "alice" {
  name = "alice"
}

locals {
  base   = { Version = "2012-10-17", Statement = [] }
  allow  = [{ Effect = "Allow", Action = "*", Resource = "*" }] # ! open
  common = { Effect = "Deny", NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"], Resource = "*" } # @gated broken
  strict = merge(local.common, { Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } }) # @gated
  strict = merge(local.common, { Condition = { "ForAnyValue:BoolIfExists" = { "aws:MultiFactorAuthPresent" = "false" } } }) # @broken !
  policy = merge(local.base, { Statement = local.allow }) # @open
  policy = merge(local.base, { Statement = concat(local.allow, [local.strict]) }) # @gated broken
}

resource "aws_iam_user_policy" "this" {
  user   = aws_iam_user.alice.name
  policy = jsonencode(local.policy)
}
