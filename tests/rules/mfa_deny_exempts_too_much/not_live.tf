data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:CreateAccessKey",
      "sts:AssumeRole",
    ]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

# Nothing allows it.

resource "aws_iam_user" "reader" {
  name = "reader"
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.reader.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "aws_iam_user_policy" "gate_of_reader" {
  user   = aws_iam_user.reader.name
  policy = data.aws_iam_policy_document.gate.json
}
