variable "name" {}

variable "policy" {}

resource "aws_iam_user" "this" {
  name = var.name
}

resource "aws_iam_user_policy_attachment" "this" {
  user       = aws_iam_user.this.name
  policy_arn = var.policy
}

resource "aws_iam_access_key" "this" { # ! IAM012 alice
  user = aws_iam_user.this.name
}
