# The document of a policy that AWS manages, made into an own one.
data "aws_iam_policy" "admin" {
  arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy.admin.policy]
  # @gated broken
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
    # @broken
    condition {
      test     = "NotIpAddress" # @broken !
      variable = "aws:SourceIp"
      values   = ["192.0.2.0/24"]
    }
    # @gated broken
  }
  # @all
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = data.aws_iam_policy_document.all.json
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "all" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.all.arn # ! open
}
