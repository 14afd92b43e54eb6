# One place, and everybody whom it makes an administrator.
resource "aws_iam_user" "ops" {
  for_each = toset(["alice", "bob", "carol"])
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "ops" {
  for_each   = aws_iam_user.ops
  user       = each.value.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM001 critical alice bob carol
}
