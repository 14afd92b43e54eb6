# A finding for each value that is missing.
variable "for_alice" {}

variable "for_bob" {}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy_attachment" "admin_bob" {
  user       = aws_iam_user.bob.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
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

resource "aws_iam_user_policy" "alice" {
  count  = var.for_alice
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.mfa.json # ! IAM016 alice
}

resource "aws_iam_user_policy" "bob" {
  count  = var.for_bob
  user   = aws_iam_user.bob.name
  policy = data.aws_iam_policy_document.mfa.json # ! IAM016 bob
}
