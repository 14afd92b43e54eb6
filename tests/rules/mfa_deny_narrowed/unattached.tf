# Nobody has it yet.
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
    condition {
      test     = "StringLike" # ! IAM005 high
      variable = "aws:UserAgent"
      values   = ["*console*"]
    }
  }
}

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}
