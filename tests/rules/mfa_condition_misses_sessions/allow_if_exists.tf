# In an Allow an absent key must not be as good as "true".
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
      Condition = {
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } # ! IAM004 critical alice
      }
    }]
  })
}

resource "aws_iam_user_policy" "more" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "*"
      Condition = {
        NumericLessThanIfExists = { "aws:MultiFactorAuthAge" = "3600" } # ! IAM004 high
      }
    }]
  })
}
