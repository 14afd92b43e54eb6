data "aws_iam_policy_document" "mfa" {
  statement {
    sid       = "DenyWithoutMFA"
    effect    = "Deny"
    resources = ["*"]
    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "sts:GetSessionToken",
    ]

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "mfa" {
  name   = "require-mfa"
  policy = data.aws_iam_policy_document.mfa.json
}
