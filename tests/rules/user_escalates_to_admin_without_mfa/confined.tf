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
        Action    = "iam:AttachUserPolicy"
        Resource  = "arn:aws:iam::*:user/$${aws:username}"
        Condition = { ArnEquals = { "iam:PolicyARN" = "arn:aws:iam::aws:policy/ReadOnlyAccess" } }
      },
      { Effect = "Allow", Action = "iam:ChangePassword", Resource = "arn:aws:iam::*:user/$${aws:username}" },
    ]
  })
}
