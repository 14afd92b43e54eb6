# Statements and conditions are dynamic blocks.
resource "aws_iam_user" "alice" {
  name = "alice"
}

locals {
  grants = { everything = ["*"], logs = ["logs:*"] }
  conditions = [ # @gated broken
    { test = "BoolIfExists", variable = "aws:MultiFactorAuthPresent", values = ["false"] }, # @gated
    { test = "Bool", variable = "aws:MultiFactorAuthPresent", values = ["false"] }, # @broken
  ] # @gated broken
}

data "aws_iam_policy_document" "all" {
  dynamic "statement" {
    for_each = local.grants
    content {
      sid       = statement.key
      actions   = statement.value
      resources = ["*"]
    }
  }
  # @gated broken
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    dynamic "condition" {
      for_each = local.conditions
      iterator = each
      content {
        test     = each.value.test # @gated
        test     = each.value.test # @broken !
        variable = each.value.variable
        values   = each.value.values
      }
    }
  }
  # @all
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = data.aws_iam_policy_document.all.json
}

resource "aws_iam_user_policy_attachment" "all" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.all.arn # ! open
}
