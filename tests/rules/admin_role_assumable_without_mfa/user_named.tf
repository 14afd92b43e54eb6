# The trust names the user, and needs no right of hers.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_role" "ops" {
  name               = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # ! IAM003 critical alice ops
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = aws_iam_user.alice.arn }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
