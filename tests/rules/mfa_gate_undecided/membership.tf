# Whether alice is in the group that has the gate.
variable "gated_users" {}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group" "mfa" {
  name = "mfa"
}

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

resource "aws_iam_group_policy" "mfa" {
  group  = aws_iam_group.mfa.name
  policy = data.aws_iam_policy_document.mfa.json # ! IAM016 alice
}

resource "aws_iam_group_membership" "mfa" {
  name  = "mfa"
  group = aws_iam_group.mfa.name
  users = var.gated_users
}
