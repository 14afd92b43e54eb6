resource "aws_iam_user_policy_attachment" "access" {
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open
}
