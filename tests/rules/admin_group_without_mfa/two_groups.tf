# Each grant is a cause.
resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group" "owners" {
  name = "owners"
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM002 admins alice
}

resource "aws_iam_group_policy_attachment" "owners" {
  group      = aws_iam_group.owners.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM002 owners bob
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.admins.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.owners.name]
}
