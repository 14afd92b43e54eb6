# Denied on everything but what is the user's own.
resource "aws_iam_user" "alice" {
  name = "alice"
  path = "/staff/"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

data "aws_iam_policy_document" "mfa" {
  statement {
    effect    = "Deny"
    actions   = ["*"]
    not_resources = [
      "arn:aws:iam::*:mfa/&{aws:username}",
      "arn:aws:iam::*:user/*/&{aws:username}",
    ]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user_policy" "mfa" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.mfa.json
}
