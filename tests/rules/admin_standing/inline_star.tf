resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "mfa" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

data "aws_iam_policy_document" "all" {
  statement { # ! IAM011 alice
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_user_policy" "all" {
  name   = "all"
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.all.json
}
