# ops.auto.tfvars.json is stronger than terraform.tfvars.
variable "admins" {
  type = list(string)
}

variable "with_mfa" {
  type = list(string)
}

resource "aws_iam_user" "this" {
  for_each = toset(var.admins)
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "admin" {
  for_each   = aws_iam_user.this
  user       = each.value.name
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

resource "aws_iam_user_policy_attachment" "gate" {
  for_each   = toset(var.with_mfa)
  user       = aws_iam_user.this[each.key].name
  policy_arn = aws_iam_policy.gate.arn
}
