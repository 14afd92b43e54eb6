resource "aws_iam_user" "alice" {
  name = "alice"
}


resource "aws_iam_user_policies_exclusive" "alice" {
  user_name    = aws_iam_user.alice.name
  policy_names = ["read"]
}

resource "aws_iam_user_policy" "write" {
  name = "write"
  user = aws_iam_user.alice.name
  policy = jsonencode({ # ! IAM014 alice
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "*" }]
  })
}
