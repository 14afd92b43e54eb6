# In force as a boundary.
resource "aws_iam_policy" "mfa" {
  name = "bounded-by-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
      {
        Effect    = "Deny"
        NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      },
    ]
  })
}

resource "aws_iam_user" "alice" {
  name                 = "alice"
  permissions_boundary = aws_iam_policy.mfa.arn
}
