# Two of the same content; one is in use.
locals {
  deny = {
    Effect    = "Deny"
    NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
    Resource  = "*"
    Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
  }
}

resource "aws_iam_policy" "old" { # ! IAM009
  name   = "mfa"
  path   = "/old/"
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.deny] })
}

resource "aws_iam_policy" "new" {
  name   = "require-mfa"
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.deny] })
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "mfa" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.new.arn
}
