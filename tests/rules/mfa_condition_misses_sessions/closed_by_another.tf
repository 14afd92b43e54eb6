# Two halves: what one misses the other denies, and a limit of age beside a gate. Nobody is left open.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "gates" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        NotAction = ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"]
        Resource  = "*"
        Condition = {
          Bool = { "aws:MultiFactorAuthPresent" = "false" } # ! IAM004 low
        }
      },
      {
        Effect    = "Deny"
        NotAction = ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"]
        Resource  = "*"
        Condition = {
          Null = { "aws:MultiFactorAuthPresent" = "true" } # ! IAM004 low
        }
      },
      {
        Effect   = "Deny"
        Action   = "iam:*"
        Resource = "*"
        Condition = {
          NumericGreaterThan = { "aws:MultiFactorAuthAge" = "3600" } # ! IAM004 low
        }
      },
    ]
  })
}
