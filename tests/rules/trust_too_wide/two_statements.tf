# One asks for MFA, and one does not: the one that does not is meant.
resource "aws_iam_role" "admin" {
  name = "admin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "444455556666" }
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
      { # ! IAM013 admin
        Effect    = "Allow"
        Action    = "sts:*"
        Principal = { AWS = "777788889999" }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
