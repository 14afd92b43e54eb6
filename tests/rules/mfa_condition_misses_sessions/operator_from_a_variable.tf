# The condition is a variable's: where it is faulty is known, what else reads the variable is not.
variable "operator" {
  default = "Bool"
}

resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"]
      Resource  = "*"
      Condition = {
        (var.operator) = { "aws:MultiFactorAuthPresent" = "false" } # ! IAM004 high
      }
    }]
  })
}
