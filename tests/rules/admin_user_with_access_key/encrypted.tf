# With pgp_key the state has the secret only as that key's owner can read it.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_access_key" "alice" {
  user    = aws_iam_user.alice.name
  pgp_key = "keybase:alice"
}
