# Blocks that say what was called differently before.
moved {
  from = aws_iam_user.admin
  to   = aws_iam_user.this["alice"]
}

moved {
  from = aws_iam_user_policy_attachment.admin
  to   = aws_iam_user_policy_attachment.this["alice"]
}

resource "aws_iam_user" "this" {
  for_each = toset(["alice"])
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = aws_iam_user.this
  user       = each.key
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open
}

# @gated broken
moved {
  from = aws_iam_policy.mfa
  to   = aws_iam_policy.gate
}

resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }
  })
}

resource "aws_iam_user_policy_attachment" "gate" {
  for_each   = aws_iam_user.this
  user       = each.key
  policy_arn = aws_iam_policy.gate.arn
}
