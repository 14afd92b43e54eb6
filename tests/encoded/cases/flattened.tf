# A nested structure, flattened: teams with members and policies.
locals {
  teams = {
    platform = { members = ["alice", "bob"], policies = ["AdministratorAccess"], gate = "mfa" } # @open gated
    platform = { members = ["alice", "bob"], policies = ["AdministratorAccess"], gate = null } # @broken
    support  = { members = ["carol"], policies = ["ReadOnlyAccess", "job-function/ViewOnlyAccess"], gate = "mfa" }
  }
  memberships = flatten([for team, it in local.teams : [for member in it.members : { team = team, member = member }]])
  grants      = flatten([for team, it in local.teams : [for policy in it.policies : { team = team, policy = policy }]])
}

resource "aws_iam_group" "team" {
  for_each = local.teams
  name     = each.key
}

resource "aws_iam_user" "member" {
  for_each = toset(local.memberships[*].member)
  name     = each.key
}

resource "aws_iam_user_group_membership" "this" {
  for_each = { for one in local.memberships : "${one.team}-${one.member}" => one }
  user     = aws_iam_user.member[each.value.member].name
  groups   = [aws_iam_group.team[each.value.team].name]
}

resource "aws_iam_group_policy_attachment" "this" {
  for_each   = { for one in local.grants : "${one.team}-${one.policy}" => one }
  group      = aws_iam_group.team[each.value.team].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value.policy}" # ! open broken
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

resource "aws_iam_group_policy_attachment" "gate" {
  for_each   = { for team, it in local.teams : team => it if it.gate != null }
  group      = aws_iam_group.team[each.key].name
  policy_arn = aws_iam_policy.gate.arn
}
