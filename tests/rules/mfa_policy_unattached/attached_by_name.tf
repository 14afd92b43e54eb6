data "aws_iam_policy_document" "mfa" {
  statement {
    sid         = "DenyWithoutMFA"
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

# A literal ARN of the account's own policy, to a group that is managed elsewhere.
resource "aws_iam_policy" "mfa" {
  name   = "require-mfa"
  policy = data.aws_iam_policy_document.mfa.json
}

resource "aws_iam_group_policy_attachment" "mfa" {
  group      = "everybody"
  policy_arn = "arn:aws:iam::111122223333:policy/require-mfa"
}
