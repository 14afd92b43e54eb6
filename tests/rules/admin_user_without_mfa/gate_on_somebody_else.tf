# The gate is on bob; alice's administrator rights are as open as before.
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

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_user" "both" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "admin" {
  for_each   = aws_iam_user.both
  user       = each.value.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM001 critical alice
}

resource "aws_iam_user_policy_attachment" "gate" {
  user       = aws_iam_user.both["bob"].name
  policy_arn = aws_iam_policy.gate.arn
}
