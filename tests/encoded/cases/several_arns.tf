# for_each over a set of ARNs, one of them declared here.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_policy" "own" {
  name   = "own"
  path   = "/ops/"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["*:*"], Resource = ["*"] }] })
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each = {
    logs = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"
    own  = aws_iam_policy.own.arn
    gate = aws_iam_policy.gate.arn # @gated broken
  }
  user       = aws_iam_user.alice.name
  policy_arn = each.value # ! open
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
