resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "mfa" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

resource "aws_iam_user_policy_attachment" "power" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}
