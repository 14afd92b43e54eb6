# AWS's policy with all of IAM; the gate is in a boundary.
resource "aws_iam_user" "alice" {
  name                 = "alice"
  permissions_boundary = aws_iam_policy.boundary.arn # @gated broken
}

resource "aws_iam_user_policy_attachment" "iam" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess" # ! open
}

# @gated broken
data "aws_iam_policy_document" "boundary" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists" # @gated
      test     = "Bool" # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = data.aws_iam_policy_document.boundary.json
}
