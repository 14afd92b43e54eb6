# MFA is read by an Allow, which gives nothing to whom it is not attached, and another Deny reads no MFA.
resource "aws_iam_policy" "with_mfa" {
  name = "s3-with-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "s3:*"
        Resource  = "*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
      { Effect = "Deny", Action = "s3:DeleteBucket", Resource = "*" },
    ]
  })
}
