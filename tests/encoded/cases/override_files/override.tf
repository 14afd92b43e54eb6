# @gated broken
resource "aws_iam_user_policy" "gate" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }]
  })
}
