# The values are in terraform.tfvars; the defaults would be harmless.
variable "policies" {
  type    = map(string)
  default = {}
}

variable "operator" {
  type    = string
  default = "BoolIfExists"
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "from_variable" {
  for_each   = var.policies
  user       = aws_iam_user.alice.name
  policy_arn = each.value # ! open
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = var.operator # @gated
      test     = var.operator # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.gate.json
}
