# The group, and those who are in it.

resource "aws_iam_group" "deployers" {
  name = "deployers"
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.deployers.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.deployers.name]
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["iam:AttachRolePolicy", "iam:CreateRole"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "deploy" {
  name   = "deploy"
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_group_policy_attachment" "deploy" {
  group      = aws_iam_group.deployers.name
  policy_arn = aws_iam_policy.deploy.arn # ! IAM010 critical alice bob deployers
}
