# NotAction that leaves IAM open.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "admin" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = ["organizations:*", "account:*"], Resource = "*" }] # ! open
  })
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"] # @gated
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:PutUserPolicy"] # @broken !
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
