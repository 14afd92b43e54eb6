# A document made of others. A statement replaces the one of a source with the same Sid, and says nothing of it.
resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "admin" {
  statement {
    sid       = "Everything"
    actions   = ["*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "gate" {
  statement {
    sid         = "DenyWithoutMFA"
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = [
    data.aws_iam_policy_document.admin.json,
    data.aws_iam_policy_document.gate.json, # @gated broken
  ]
  # @broken
  statement {
    sid       = "DenyWithoutMFA"
    effect    = "Deny"
    actions   = ["organizations:*"]
    resources = ["*"]
  }
  # @all
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = data.aws_iam_policy_document.all.json
}

resource "aws_iam_user_policy_attachment" "all" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.all.arn # ! open broken
}
