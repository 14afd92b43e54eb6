# A string of JSON.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_role" "ops" {
  name               = "ops"
  assume_role_policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"${aws_iam_user.alice.arn}\"},\"Action\":\"sts:AssumeRole\"}}" # ! IAM003 alice ops
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
