# An owner of inline policies says nothing of attachments.
resource "aws_iam_user" "alice" {
  name = "alice"
}


resource "aws_iam_user_policies_exclusive" "alice" {
  user_name    = aws_iam_user.alice.name
  policy_names = []
}

resource "aws_iam_user_policy_attachment" "read" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
