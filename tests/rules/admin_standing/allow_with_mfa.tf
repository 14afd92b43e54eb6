# The Allow itself asks for MFA: gated, and standing.
resource "aws_iam_user" "alice" {
  name = "alice"
}


resource "aws_iam_user_policy" "all" {
  name = "all"
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! IAM011 alice
      Effect    = "Allow"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}
