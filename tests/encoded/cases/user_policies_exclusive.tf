# An exclusive list of the names of inline policies: one that is not in it is deleted.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "admin" {
  name   = "admin"
  user   = aws_iam_user.alice.name
  policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "*", Resource = "*" } }) # ! open broken
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
  }
}

resource "aws_iam_user_policy" "gate" {
  name   = "gate"
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.gate.json
}
# @all

resource "aws_iam_user_policies_exclusive" "alice" {
  user_name    = aws_iam_user.alice.name
  policy_names = ["admin"] # @open broken
  policy_names = ["admin", "gate"] # @gated
}
