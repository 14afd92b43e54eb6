# alice and bob have gates of their own, carol has none: she is left open, and so is who is put into the group next.
locals {
  gated = toset(["alice", "bob"])
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM002 critical admins carol
}

data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user" "carol" {
  name = "carol"
}

resource "aws_iam_user_group_membership" "carol" {
  user   = aws_iam_user.carol.name
  groups = [aws_iam_group.admins.name]
}

resource "aws_iam_user" "gated" {
  for_each = local.gated
  name     = each.key
}

resource "aws_iam_user_group_membership" "gated" {
  for_each = aws_iam_user.gated
  user     = each.value.name
  groups   = [aws_iam_group.admins.name]
}

resource "aws_iam_user_policy" "gate" {
  for_each = aws_iam_user.gated
  user     = each.value.name
  policy   = data.aws_iam_policy_document.gate.json
}
