# Roles in words, looked up in a map; what is not there has a default.
variable "roles" {
  type    = map(string)
  default = { alice = "owner", bob = "guest" }
}

locals {
  arns  = { owner = "arn:aws:iam::aws:policy/AdministratorAccess", reader = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
  tests = { access_key = "BoolIfExists", console = "Bool" }
}

resource "aws_iam_user" "this" {
  for_each = var.roles
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = var.roles
  user       = aws_iam_user.this[each.key].name
  policy_arn = lookup(local.arns, each.value, local.arns.reader) # ! open
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = try(local.tests.missing, coalesce("", local.tests["access_key"])) # @gated
      test     = try(local.tests.missing, coalesce("", local.tests["console"])) # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user_policy" "gate" {
  for_each = aws_iam_user.this
  user     = each.key
  policy   = data.aws_iam_policy_document.gate.json
}
