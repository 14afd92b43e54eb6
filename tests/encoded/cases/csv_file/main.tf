# Users in a CSV file.
locals {
  rows = csvdecode(file("${path.module}/users.csv"))
}

resource "aws_iam_user" "this" {
  for_each = { for row in local.rows : row.name => row }
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = aws_iam_user.this
  user       = each.value.name
  policy_arn = format("arn:aws:iam::aws:policy/%s", one([for row in local.rows : row.policy if row.name == each.key])) # ! open broken
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

resource "aws_iam_user_policy_attachment" "gate" {
  for_each   = { for row in local.rows : row.name => row if row.mfa == "yes" }
  user       = each.key
  policy_arn = aws_iam_policy.gate.arn
}
