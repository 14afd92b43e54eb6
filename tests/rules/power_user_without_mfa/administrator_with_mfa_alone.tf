# The rights on IAM need MFA, all others do not: an administrator with MFA, and a power user without.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", NotAction = ["iam:*", "sts:*", "cloudformation:*"], Resource = "*" }, # ! IAM015 medium alice
      {
        Effect    = "Allow"
        Action    = ["iam:*", "sts:*"]
        Resource  = "*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
    ]
  })
}
