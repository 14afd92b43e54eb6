resource "aws_iam_user" "dev" {
  name = "dev"
}

resource "aws_iam_user_policy_attachment" "dev" {
  user       = aws_iam_user.dev.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # ! IAM015 medium dev
}
