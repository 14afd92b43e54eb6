# An override replaces a harmless statement by all rights, and a gate by a better or a worse one.
resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Own"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
  # @gated broken
  statement {
    sid         = "Gate"
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "Bool" # @gated
      test     = "BoolIfExists" # @broken
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
  # @all
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [jsonencode({
    Statement = [
      { Sid = "Own", Effect = "Allow", Action = "*", Resource = "*" }, # ! open
      # @gated broken
      {
        Sid       = "Gate"
        Effect    = "Deny"
        NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
      },
      # @all
    ]
  })]
}

resource "aws_iam_user_policy" "all" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.all.json
}
