# Everything by way of locals of locals.
resource "aws_iam_user" "alice" {
  name = "alice"
}

locals {
  admin    = "AdministratorAccess"
  arn      = "arn:aws:iam::aws:policy/${local.admin}"
  arns     = { ops = local.arn }
  present  = { "aws:MultiFactorAuthPresent" = "false" }
  if_not   = { BoolIfExists = local.present } # @gated
  if_not   = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } } # @broken !
  deny     = { Effect = "Deny", NotAction = ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"], Resource = "*", Condition = local.if_not } # @gated
  deny     = { Effect = "Deny", NotAction = ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"], Resource = "*", Condition = local.if_not } # @broken
  gate     = { Version = "2012-10-17", Statement = [local.deny] } # @gated broken
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = local.arns["ops"] # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = jsonencode(local.gate)
}
