# Rights come from other groups: the gate is looked at by itself.
resource "aws_iam_group" "mfa" {
  name = "mfa"
}

resource "aws_iam_policy" "mfa" {
  name = "require-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["iam:ListMFADevices", "iam:ListUsers"]
        Resource = "*"
      },
      { # ! IAM007 mfa
        Effect    = "Deny"
        NotAction = ["iam:List*", "sts:GetSessionToken"]
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = ["false"] } }
      },
    ]
  })
}

resource "aws_iam_group_policy_attachment" "mfa" {
  group      = aws_iam_group.mfa.name
  policy_arn = aws_iam_policy.mfa.arn
}
