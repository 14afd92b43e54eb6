# aws_iam_policy_attachment: users and groups at once, and nobody else.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.admins.name]
}

resource "aws_iam_policy_attachment" "admin" {
  name       = "admin"
  users      = [aws_iam_user.alice.name] # ! open broken
  groups     = [aws_iam_group.admins.name] # ! open
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
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
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  })
}

resource "aws_iam_policy_attachment" "gate" {
  name       = "gate"
  users      = [aws_iam_user.alice.name] # @gated
  groups     = [aws_iam_group.admins.name]
  policy_arn = aws_iam_policy.gate.arn
}
