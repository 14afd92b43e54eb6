# Defaults of variables decide.
variable "name" {
  default = "alice"
}

variable "policy_name" {
  type    = string
  default = "AdministratorAccess"
}

variable "key" {
  default = "aws:MultiFactorAuthAge"
}

variable "operator" {
  default = "NumericGreaterThanIfExists" # @open gated
  default = "NumericGreaterThan" # @broken
}

resource "aws_iam_user" "alice" {
  name = var.name
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/${var.policy_name}" # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { (var.operator) = { (var.key) = "3600" } } # @gated
      Condition = { (var.operator) = { (var.key) = "3600" } } # @broken !
    }]
  })
}
