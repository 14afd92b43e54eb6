# Attached elsewhere, perhaps; it would keep everybody out.
resource "aws_iam_policy" "mfa" {
  name = "require-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = { # ! IAM007
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  })
}
