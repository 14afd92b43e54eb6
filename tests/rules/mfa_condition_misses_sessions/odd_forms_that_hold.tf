# Denied with a key and in the console all the same; said with severity low.
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
          StringNotEquals = { "aws:MultiFactorAuthPresent" = "true" } # ! IAM004 low
        }
      },
      {
        Effect   = "Deny"
        Action   = "s3:*"
        Resource = "*"
        Condition = {
          "ForAllValues:Bool" = { "aws:MultiFactorAuthPresent" = "false" } # ! IAM004 low
        }
      },
      {
        Effect   = "Deny"
        Action   = "ec2:*"
        Resource = "*"
        Condition = {
          StringEqualsIfExists = { "aws:MultiFactorAuthPresent" = "false" } # ! IAM004 low
        }
      },
    ]
  })
}
