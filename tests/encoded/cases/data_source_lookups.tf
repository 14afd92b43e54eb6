# AWS's policies by data sources, one by its name and one by its ARN.
data "aws_iam_policy" "admin" {
  name = "AdministratorAccess"
}

data "aws_iam_policy" "reader" {
  arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user" "this" {
  for_each = { alice = data.aws_iam_policy.admin.arn, bob = data.aws_iam_policy.reader.arn }
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.this["alice"].name
  policy_arn = data.aws_iam_policy.admin.arn # ! open broken
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.this["bob"].name
  policy_arn = data.aws_iam_policy.reader.arn
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

resource "aws_iam_policy" "gate" {
  name   = "gate"
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_user_policy_attachment" "gate" {
  for_each   = { for name, user in aws_iam_user.this : name => user if name == "alice" } # @gated
  for_each   = { for name, user in aws_iam_user.this : name => user if name != "alice" } # @broken
  user       = each.key
  policy_arn = aws_iam_policy.gate.arn
}
