# Inline policies of a group.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.admins.name]
}

data "aws_iam_policy_document" "admin" {
  statement { # ! open
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_group_policy" "admin" {
  name   = "admin"
  group  = aws_iam_group.admins.name
  policy = data.aws_iam_policy_document.admin.json
}

# @gated broken
data "aws_iam_policy_document" "gate" {
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

resource "aws_iam_group_policy" "gate" {
  name   = "gate"
  group  = aws_iam_group.admins.name
  policy = data.aws_iam_policy_document.gate.json
}
