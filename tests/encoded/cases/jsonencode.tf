# jsonencode, with single values where lists may stand.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "admin" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Statement = { Effect = "Allow", Action = "*", Resource = "*" } # ! open
  })
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:MultiFactorAuthPresent" = "true" } } # @gated
      Condition = { StringEquals = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }]
  })
}
