# Users and their rights in YAML.
locals {
  access = yamldecode(file("${path.module}/access.yaml"))
}

resource "aws_iam_user" "this" {
  for_each = local.access.users
  name     = each.key
  path     = try(each.value.path, "/")
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = merge([for name, user in local.access.users : { for policy in user.policies : "${name} ${policy}" => { name = name, policy = policy } }]...)
  user       = aws_iam_user.this[each.value.name].name
  policy_arn = each.value.policy # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  for_each = aws_iam_user.this
  user     = each.value.name
  policy   = jsonencode(local.access.gate) # @gated
  policy   = jsonencode(local.access.gate) # @broken !
}
