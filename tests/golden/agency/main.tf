# Many people in a file, teams by for_each, a cause for each team.
locals {
  people = yamldecode(file("${path.module}/people.yaml"))
  rights = {
    platform = ["AdministratorAccess"]
    data     = ["PowerUserAccess", "IAMFullAccess"]
    support  = ["ReadOnlyAccess"]
  }
  grants = merge([for team, policies in local.rights : { for policy in policies : "${team}/${policy}" => { team = team, policy = policy } }]...)
}

resource "aws_iam_group" "team" {
  for_each = local.people
  name     = each.key
}

resource "aws_iam_user" "person" {
  for_each = toset(flatten(values(local.people)))
  name     = each.key
  path     = "/people/"
}

resource "aws_iam_group_membership" "team" {
  for_each = local.people
  name     = each.key
  group    = aws_iam_group.team[each.key].name
  users    = [for name in each.value : aws_iam_user.person[name].name]
}

resource "aws_iam_group_policy_attachment" "team" {
  for_each   = local.grants
  group      = aws_iam_group.team[each.value.team].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value.policy}"
}

resource "aws_iam_group_policy_attachment" "mfa" {
  for_each   = toset(["data", "support"])
  group      = aws_iam_group.team[each.key].name
  policy_arn = aws_iam_policy.mfa.arn
}

resource "aws_iam_policy" "mfa" {
  name = "mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "OnlyFromTheOfficeWithoutMFA"
      Effect   = "Deny"
      Action   = "*"
      Resource = "*"
      Condition = {
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" }
        NotIpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] }
      }
    }]
  })
}
