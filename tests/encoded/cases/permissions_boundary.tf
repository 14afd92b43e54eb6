# The gate is a permissions boundary that allows nothing without MFA.
resource "aws_iam_user" "alice" {
  name                 = "alice"
  permissions_boundary = aws_iam_policy.boundary.arn # @gated broken
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open
}

# @gated broken
resource "aws_iam_policy" "boundary" {
  name = "boundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
      Condition = {
        Bool         = { "aws:MultiFactorAuthPresent" = "true" } # @gated
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } # @broken !
      }
    }]
  })
}
