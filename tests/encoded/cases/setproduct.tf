# Pairs of users and policies.
locals {
  users    = ["alice", "bob"]
  policies = ["AdministratorAccess", "ReadOnlyAccess"]
  pairs    = { for pair in setproduct(local.users, local.policies) : join("/", pair) => { user = pair[0], policy = pair[1] } }
}

resource "aws_iam_user" "this" {
  for_each = toset(local.users)
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = local.pairs
  user       = aws_iam_user.this[each.value.user].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value.policy}" # ! open
}

# @gated broken
resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }
  })
}

resource "aws_iam_user_policy_attachment" "gate" {
  for_each   = aws_iam_user.this
  user       = each.value.name
  policy_arn = aws_iam_policy.gate.arn
}
