resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_policy_attachment" "admin" {
  name       = "admin"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
  users      = [aws_iam_user.alice.name, aws_iam_user.bob.name] # ! IAM001 critical alice bob
}
