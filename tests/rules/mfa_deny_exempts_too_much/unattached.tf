# Nobody has it yet: what it exempts may be live on whoever will.
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:TagUser", # ! IAM006 high
    ]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}
