# Without a gate it is another rule's finding.
resource "aws_iam_user" "alice" {
  name = "alice"
}


resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
