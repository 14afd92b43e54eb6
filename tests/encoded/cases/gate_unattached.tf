# A gate that is declared and attached to nobody.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open broken
}

# @gated broken
resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  })
}

# @gated
resource "aws_iam_user_policy_attachment" "gate" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.gate.arn
}
