# The gate is for another user by a condition on the name.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
    condition {
      test     = "StringNotEquals" # @gated
      test     = "StringEquals" # @broken !
      variable = "aws:username"
      values   = ["deploy"]
    }
  }
}

resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.gate.json
}
