# An administrator role with managed_policy_arns, which the user may assume.
data "aws_caller_identity" "current" {}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_role" "admin" {
  name                = "admin"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! open
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } # @gated
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } } # @broken !
    }]
  })
}

resource "aws_iam_user_policy" "assume" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.admin.arn }]
  })
}
