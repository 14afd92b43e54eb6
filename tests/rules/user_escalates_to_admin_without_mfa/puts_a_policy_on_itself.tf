resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:*", Resource = "*" },
      { # ! IAM010 critical alice
        Effect   = "Allow"
        Action   = ["iam:PutUserPolicy", "iam:GetUser"]
        Resource = "arn:aws:iam::*:user/$${aws:username}"
      },
    ]
  })
}
