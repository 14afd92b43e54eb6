variable "name" {
  type = string
}

variable "policy" {
  type = string
}

variable "mfa" {
  type    = bool
  default = false
}

variable "exempt" {
  type    = list(string)
  default = []
}

resource "aws_iam_user" "this" {
  name = var.name
}

resource "aws_iam_user_policy_attachment" "this" {
  user       = aws_iam_user.this.name
  policy_arn = "arn:aws:iam::aws:policy/${var.policy}"
}

resource "aws_iam_user_policy" "mfa" {
  count = var.mfa ? 1 : 0
  name  = "require-mfa"
  user  = aws_iam_user.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyWithoutMFA"
      Effect    = "Deny"
      NotAction = concat(["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"], var.exempt)
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

output "name" {
  value = aws_iam_user.this.name
}
