# Neither statement is all rights; both together are. The one that gives power is the cause.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:*", "s3:*"], Resource = "*" },
      { Effect = "Allow", NotAction = "iam:*", Resource = "*" }, # ! IAM001 critical alice
    ]
  })
}
