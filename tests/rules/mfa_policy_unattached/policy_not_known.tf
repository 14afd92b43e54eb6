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

# What the group gets may be it.
variable "stage" {}

resource "aws_iam_policy" "mfa" {
  name   = "require-mfa-prod"
  policy = data.aws_iam_policy_document.mfa.json
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy_attachment" "mfa" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::111122223333:policy/require-mfa-${var.stage}"
}
