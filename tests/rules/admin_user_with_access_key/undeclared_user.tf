# The user is managed elsewhere; what it is given here makes it an administrator.
resource "aws_iam_user_policy_attachment" "legacy" {
  user       = "legacy"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_access_key" "legacy" { # ! IAM012 legacy
  user = "legacy"
}
