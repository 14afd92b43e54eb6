# The readers' gate exempts what nothing allows them; the helper may make keys.

data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:CreateAccessKey", # ! IAM006 high
    ]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user" "reader" {
  name = "reader"
}

resource "aws_iam_user" "helper" {
  name = "helper"
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.reader.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user_policy" "gate_of_reader" {
  user   = aws_iam_user.reader.name
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_user_policy" "gate_of_helper" {
  user   = aws_iam_user.helper.name
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_user_policy" "helper" {
  user = aws_iam_user.helper.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:CreateAccessKey", Resource = "arn:aws:iam::*:user/$${aws:username}" },
    ]
  })
}
