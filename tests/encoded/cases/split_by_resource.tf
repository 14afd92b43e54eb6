# Two statements, each with all actions on half of the resources; and two gates, of which the first met is critical.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "halves" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "arn:aws:iam::*:*" },
      { Effect = "Allow", Action = "*", NotResource = "arn:aws:iam::*:*" }, # ! open
    ]
  })
}

# @gated broken
resource "aws_iam_user_policy" "gates" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Action    = "*"
        Resource  = "arn:aws:iam::*:*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken
      },
      {
        Effect      = "Deny"
        Action      = "*"
        NotResource = "arn:aws:iam::*:*"
        Condition   = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
        Condition   = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
      },
    ]
  })
}
