# A Deny that does not ask for MFA may exempt what it wants.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Deny", NotAction = ["s3:*", "iam:CreateAccessKey", "sts:AssumeRole"], Resource = "*" },
    ]
  })
}
