# Three roles, one after the other; the gate is on the user, and exempts entering roles.
resource "aws_iam_user" "alice" {
  name = "alice"
}

locals {
  chain = { first = aws_iam_user.alice.arn, second = "arn:aws:iam::123456789012:role/first", third = "arn:aws:iam::123456789012:role/second" }
}

resource "aws_iam_role" "chain" {
  for_each = local.chain
  name     = each.key
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! open broken
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = each.value }
    }]
  })
}

resource "aws_iam_role_policy" "assume" {
  for_each = { first = "second", second = "third" }
  role     = aws_iam_role.chain[each.key].name
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/${each.value}" }] })
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.chain["third"].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "assume" {
  user   = aws_iam_user.alice.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/first" }] })
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect = "Deny"
    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "sts:AssumeRole", # @broken !
    ]
    resources = ["*"]
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
