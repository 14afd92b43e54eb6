resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "a" {
  name = "a"
}

resource "aws_iam_group" "b" {
  name = "b"
}


resource "aws_iam_user_group_membership" "one" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.a.name]
}

resource "aws_iam_user_group_membership" "two" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.b.name]
}

resource "aws_iam_group_policy_attachment" "one" {
  group      = aws_iam_group.a.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_group_policy_attachment" "two" {
  group      = aws_iam_group.a.name
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
