variable "admins" {
  type = list(string)
}

# @gated broken
variable "gated" {
  type = list(string)
}
# @all

resource "aws_iam_policy_attachment" "admin" {
  name       = "admin"
  users      = var.admins # ! open broken
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
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

resource "aws_iam_policy_attachment" "gate" {
  name       = "gate"
  users      = var.gated
  policy_arn = aws_iam_policy.gate.arn
}
