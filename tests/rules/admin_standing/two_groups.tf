# A finding for each grant; who is in both is listed at the first.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_group" "a" {
  name = "a"
}

resource "aws_iam_group" "b" {
  name = "b"
}

resource "aws_iam_group_policy" "mfa" {
  group = aws_iam_group.a.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

resource "aws_iam_group_policy" "mfa_b" {
  group = aws_iam_group.b.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.a.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.b.name]
}

resource "aws_iam_group_policy_attachment" "a" {
  group      = aws_iam_group.a.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM011 a alice
}

resource "aws_iam_group_policy_attachment" "b" {
  group      = aws_iam_group.b.name
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess" # ! IAM011 b bob
}
