variable "require_mfa" {
  type    = bool
  default = false # @open gated
  default = true # @broken
}

variable "operator" {
  type    = string
  default = "Bool"
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_iam_policy_document" "trust" {
  statement { # ! open
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
    dynamic "condition" {
      for_each = var.require_mfa ? ["true"] : []
      content {
        test     = var.operator # ! broken
        variable = "aws:MultiFactorAuthPresent"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "this" {
  name               = "admin"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"
}

output "arn" {
  value = aws_iam_role.this.arn
}
