# All rights with MFA, and without it one that leads to all.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "*"
        Resource  = "*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
      { Effect = "Allow", Action = "iam:AttachUserPolicy", Resource = "*" }, # ! IAM010 critical alice
    ]
  })
}
