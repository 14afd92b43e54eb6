# The session of a role knows no age.
resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "111122223333" }
    }]
  })
}

resource "aws_iam_role_policy" "ops" {
  role = aws_iam_role.ops.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", NotAction = "iam:*", Resource = "*" },
      { # ! IAM008 ops
        Effect    = "Deny"
        Action    = "*"
        Resource  = "*"
        Condition = { NumericGreaterThanIfExists = { "aws:MultiFactorAuthAge" = "3600" } }
      },
    ]
  })
}
