# iam:AddUserToGroup on the administrators' group, which brings its Denies too.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open
}

data "aws_iam_policy_document" "join" {
  statement { # ! open
    actions   = ["iam:AddUserToGroup"]
    resources = [aws_iam_group.admins.arn]
  }
}

resource "aws_iam_user_policy" "join" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.join.json
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

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_group_policy_attachment" "gate" {
  group      = aws_iam_group.admins.name
  policy_arn = aws_iam_policy.gate.arn
}
