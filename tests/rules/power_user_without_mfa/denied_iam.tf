# All rights, but none on IAM: no administrator.

resource "aws_iam_user" "dev" {
  name = "dev"
}

resource "aws_iam_user_policy" "dev" {
  user = aws_iam_user.dev.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" }, # ! IAM015 dev
      { Effect = "Deny", Action = ["iam:*", "sts:*", "lambda:*", "ec2:*", "cloudformation:*"], Resource = "*" },
    ]
  })
}
