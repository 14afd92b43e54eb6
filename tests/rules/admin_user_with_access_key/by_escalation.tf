# No AdministratorAccess: a right to attach policies to oneself is as good.
resource "aws_iam_user" "deploy" {
  name = "deploy"
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["iam:AttachUserPolicy"]
    resources = [aws_iam_user.deploy.arn]
  }
}

resource "aws_iam_user_policy" "deploy" {
  name   = "deploy"
  user   = aws_iam_user.deploy.name
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_access_key" "deploy" { # ! IAM012 deploy
  user = aws_iam_user.deploy.name
}
