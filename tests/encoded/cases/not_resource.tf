# NotResource that leaves everything but a bucket open; the gate leaves out more than that.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "admin" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", NotResource = ["arn:aws:s3:::audit", "arn:aws:s3:::audit/*"] }] # ! open
  })
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect        = "Deny"
    not_actions   = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    not_resources = ["arn:aws:s3:::audit/*"] # @gated
    not_resources = ["arn:aws:iam::*:user/*"] # @broken !
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.gate.json
}
