# What is exempted is written elsewhere, and may be used for more than this: no edit.
locals {
  exempt = ["iam:GetUser", "iam:ListMFADevices"]
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy" "mfa" {
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! IAM007 ops
      Effect    = "Deny"
      NotAction = local.exempt
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
