# Splats and for expressions with conditions.
resource "aws_iam_user" "this" {
  count = 3
  name  = "admin-${count.index}"
}

locals {
  names = aws_iam_user.this[*].name
}

resource "aws_iam_policy_attachment" "admin" {
  name       = "admin"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
  users      = local.names # ! open broken
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

resource "aws_iam_policy_attachment" "gate" {
  name       = "gate"
  policy_arn = aws_iam_policy.gate.arn
  users      = [for number, name in local.names : name if number >= 0] # @gated
  users      = [for number, name in local.names : name if number > 0] # @broken
}
