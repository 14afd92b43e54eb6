# Exempted on users without a path only; bob has one.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
  path = "/staff/"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_user_group_membership" "ops" {
  for_each = toset([aws_iam_user.alice.name, aws_iam_user.bob.name])
  user     = each.value
  groups   = [aws_iam_group.ops.name]
}

resource "aws_iam_group_policy_attachment" "admin" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group_policy" "mfa" {
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      },
      { # ! IAM007 bob
        Effect      = "Deny"
        Action      = "iam:EnableMFADevice"
        NotResource = "arn:aws:iam::*:user/$${aws:username}"
        Condition   = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      },
    ]
  })
}
