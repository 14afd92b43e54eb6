# A dynamic block, whose operator stands elsewhere.
locals {
  conditions = { "aws:MultiFactorAuthPresent" = "Bool" }
}

data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]
    dynamic "condition" {
      for_each = local.conditions
      content {
        test     = condition.value # ! IAM004 high
        variable = condition.key
        values   = ["false"]
      }
    }
  }
}

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}
