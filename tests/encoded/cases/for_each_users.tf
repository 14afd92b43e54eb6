# for_each over a map of users, with what they may do.
locals {
  users = {
    alice = { admin = true, mfa = true } # @open gated
    alice = { admin = true, mfa = false } # @broken
    bob   = { admin = true, mfa = true }
    carol = { admin = false, mfa = false }
  }
}

resource "aws_iam_user" "this" {
  for_each = local.users
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "admin" {
  for_each   = { for name, user in local.users : name => user if user.admin }
  user       = aws_iam_user.this[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open broken
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
  for_each   = { for name, user in local.users : name => user if user.mfa }
  user       = aws_iam_user.this[each.key].name
  policy_arn = aws_iam_policy.gate.arn
}
