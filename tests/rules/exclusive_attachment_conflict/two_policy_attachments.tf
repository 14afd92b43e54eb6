# Each detaches what the other attaches.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}


resource "aws_iam_policy_attachment" "one" {
  name       = "one"
  users      = [aws_iam_user.alice.name] # ! IAM014 medium alice
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_policy_attachment" "two" {
  name       = "two"
  groups     = [aws_iam_group.ops.name] # ! IAM014 ops
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
