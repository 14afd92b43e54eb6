# An instance for each team, and an attachment for one of them.
resource "aws_iam_group" "a" {
  name = "a"
}

resource "aws_iam_policy" "mfa" { # ! IAM009
  for_each = toset(["a", "b"])
  name     = "require-mfa-${each.key}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { NumericGreaterThanIfExists = { "aws:MultiFactorAuthAge" = 3600 } }
    }]
  })
}

resource "aws_iam_group_policy_attachment" "a" {
  group      = aws_iam_group.a.name
  policy_arn = aws_iam_policy.mfa["a"].arn
}
