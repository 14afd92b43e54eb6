# A user's groups in an additive resource; the gate comes from the same group.
locals {
  groups = { admins = "arn:aws:iam::aws:policy/AdministratorAccess", readers = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "this" {
  for_each = local.groups
  name     = each.key
}

resource "aws_iam_group_policy_attachment" "this" {
  for_each   = local.groups
  group      = aws_iam_group.this[each.key].id
  policy_arn = each.value # ! open
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [for group in aws_iam_group.this : group.name]
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists" # @gated
      test     = "Bool" # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_group_policy_attachment" "gate" {
  group      = aws_iam_group.this["admins"].id
  policy_arn = aws_iam_policy.gate.arn
}
