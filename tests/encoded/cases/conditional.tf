# Conditionals choose the policy, and whether there is a gate at all.
variable "environment" {
  default = "production"
}

variable "require_mfa" {
  type    = bool
  default = false # @open broken
  default = true # @gated
}

locals {
  is_production = var.environment == "production"
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = local.is_production ? "arn:aws:iam::aws:policy/AdministratorAccess" : "arn:aws:iam::aws:policy/ReadOnlyAccess" # ! open broken
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
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

resource "aws_iam_user_policy_attachment" "gate" {
  count      = var.require_mfa || !local.is_production ? 1 : 0
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.gate.arn
}
