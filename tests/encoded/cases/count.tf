# count, and an index that is one short.
variable "names" {
  default = ["alice", "bob"]
}

resource "aws_iam_user" "this" {
  count = length(var.names)
  name  = var.names[count.index]
}

resource "aws_iam_user_policy_attachment" "admin" {
  count      = length(aws_iam_user.this)
  user       = aws_iam_user.this[count.index].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open broken
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
  count      = length(var.names) # @gated
  count      = length(var.names) - 1 # @broken
  user       = element(aws_iam_user.this, count.index).name
  policy_arn = aws_iam_policy.gate.arn
}
