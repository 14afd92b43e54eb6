# Exclusive, and alone.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_group" "a" {
  name = "a"
}

resource "aws_iam_group" "b" {
  name = "b"
}


resource "aws_iam_group_membership" "a" {
  name  = "a"
  group = aws_iam_group.a.name
  users = [aws_iam_user.alice.name]
}

resource "aws_iam_group_membership" "b" {
  name  = "b"
  group = aws_iam_group.b.name
  users = [aws_iam_user.alice.name, aws_iam_user.bob.name]
}

resource "aws_iam_policy_attachment" "read" {
  name       = "read"
  users      = [aws_iam_user.bob.name]
  groups     = [aws_iam_group.a.name]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
