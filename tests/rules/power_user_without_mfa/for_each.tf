resource "aws_iam_user" "devs" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "devs" {
  for_each   = aws_iam_user.devs
  user       = each.key
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # ! IAM015 medium alice bob
}
