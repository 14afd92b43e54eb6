# The password of an administrator with a gate, and a device of one's own for them.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "root" {
  name = "root"
}

resource "aws_iam_user_policy_attachment" "root" {
  user       = aws_iam_user.root.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

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

resource "aws_iam_user_policy_attachment" "gate" {
  for_each   = toset(["root"]) # @open broken
  for_each   = toset(["root", "alice"]) # @gated
  user       = each.key
  policy_arn = aws_iam_policy.gate.arn
}

resource "aws_iam_user_policy" "help_desk" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! open
      Effect = "Allow"
      Action = ["iam:UpdateLoginProfile", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource = [
        "arn:aws:iam::*:user/root",
        "arn:aws:iam::*:mfa/*",
      ]
    }]
  })
}

# @broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:*VirtualMFADevice", "iam:EnableMFADevice", "iam:*LoginProfile"] # @broken !
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
