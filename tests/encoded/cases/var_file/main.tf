# A file that is named on the command line (--var-file given.tfvars) is the strongest.
variable "grant" {
  type = object({ actions = optional(list(string), ["s3:Get*"]), resources = list(string) })
}

variable "denied_resources" {
  type = set(string)
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "all" {
  statement {
    actions   = var.grant.actions
    resources = var.grant.resources
  }
  # @gated broken
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = var.denied_resources # @gated
    resources   = var.denied_resources # @broken !
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
  # @all
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = data.aws_iam_policy_document.all.json
}

resource "aws_iam_user_policy_attachment" "all" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.all.arn # ! open
}
