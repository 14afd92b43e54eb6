# Not even the rights are known: the summary says so, and no finding.
variable "policy_arn" {}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "some" {
  user       = aws_iam_user.alice.name
  policy_arn = var.policy_arn
}
