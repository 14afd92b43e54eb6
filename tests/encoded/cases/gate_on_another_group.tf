# A gate on any of a user's groups gates the user; the group with the rights is as open as before for the next member.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "this" {
  for_each = toset(["admins", "mfa"])
  name     = each.key
}

resource "aws_iam_group_membership" "admins" {
  name  = "admins"
  group = aws_iam_group.this["admins"].name
  users = [aws_iam_user.alice.name]
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.this["admins"].id
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open broken
}

# @gated broken
resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.this["mfa"].name] # @gated
  groups = [] # @broken
}

resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  })
}

resource "aws_iam_group_policy_attachment" "gate" {
  group      = aws_iam_group.this["mfa"].id
  policy_arn = aws_iam_policy.gate.arn
}
