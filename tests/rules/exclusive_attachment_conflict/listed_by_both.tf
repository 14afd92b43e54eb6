# Both say the same: nothing is taken away.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}


resource "aws_iam_group_membership" "ops" {
  name  = "ops"
  group = aws_iam_group.ops.name
  users = [aws_iam_user.alice.name]
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.ops.name]
}
