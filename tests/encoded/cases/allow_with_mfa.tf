# The grant itself asks for MFA.
resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "admin" {
  statement { # ! open
    actions   = ["*"]
    resources = ["*"]
    # @gated broken
    condition {
      test     = "NumericLessThan" # @gated
      test     = "NumericLessThanIfExists" # @broken !
      variable = "aws:MultiFactorAuthAge"
      values   = ["3600"]
    }
    # @all
  }
}

resource "aws_iam_user_policy" "admin" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.admin.json
}
