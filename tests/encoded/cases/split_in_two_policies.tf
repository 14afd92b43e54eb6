# Power by one policy of the user, rights on IAM by one of a group: all rights only together, and both have to be denied.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_group" "iam" {
  name = "iam"
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.iam.name]
}

resource "aws_iam_user_policy_attachment" "power" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # ! open
}

resource "aws_iam_group_policy" "iam" {
  group = aws_iam_group.iam.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:List*", "iam:PutUserPolicy"], Resource = "*" }] # ! open
  })
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"] # @gated
    actions     = ["iam:*"] # @broken !
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_group_policy" "gate" {
  group  = aws_iam_group.iam.name
  policy = data.aws_iam_policy_document.gate.json
}
