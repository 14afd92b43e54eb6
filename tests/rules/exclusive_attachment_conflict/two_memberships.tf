resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}


resource "aws_iam_group_membership" "first" {
  name  = "first"
  group = aws_iam_group.ops.name
  users = [aws_iam_user.alice.name] # ! IAM014 alice
}

resource "aws_iam_group_membership" "second" {
  name  = "second"
  group = "ops"
  users = [aws_iam_user.bob.name] # ! IAM014 bob
}
