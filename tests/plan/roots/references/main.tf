terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "people" {
  type    = set(string)
  default = ["alice", "bob"]
}

variable "wide" {
  type    = bool
  default = true
}

resource "aws_iam_user" "people" {
  for_each = var.people
  name     = each.key
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_user_group_membership" "people" {
  for_each = aws_iam_user.people
  user     = each.value.id
  groups   = [aws_iam_group.ops.name]
}

resource "aws_iam_policy" "counted" {
  count = 2
  name  = "counted${count.index}"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = count.index == 0 ? "s3:*" : "ec2:*", Resource = "*" }]
  })
}

resource "aws_iam_group_policy_attachment" "counted" {
  count      = 2
  group      = aws_iam_group.ops.id
  policy_arn = aws_iam_policy.counted[count.index].arn
}

resource "aws_iam_policy" "single" {
  count  = 1
  name   = "single"
  path   = "/deep/er/"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "*", Resource = "*" }] })
}

resource "aws_iam_group_policy_attachment" "single" {
  group      = aws_iam_group.ops.name
  policy_arn = join("", aws_iam_policy.single[*].arn)
}

resource "aws_iam_policy" "keyed" {
  for_each = toset(["a", "b"])
  name     = "keyed-${each.key}"
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })
}

resource "aws_iam_role" "worker" {
  name                 = "worker"
  permissions_boundary = aws_iam_policy.keyed["a"].arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "keyed" {
  for_each   = aws_iam_policy.keyed
  role       = aws_iam_role.worker.name
  policy_arn = each.value.arn
}

resource "aws_iam_role_policy" "inner" {
  name   = "inner"
  role   = aws_iam_role.worker.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sns:*", Resource = "*" }] })
}

resource "aws_iam_user_policy_attachment" "chosen" {
  user       = aws_iam_user.people["bob"].name
  policy_arn = var.wide ? aws_iam_policy.keyed["a"].arn : "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

module "child" {
  source   = "./child"
  for_each = aws_iam_policy.keyed
  name     = "child-${each.key}"
  policy   = each.value.arn
}

resource "aws_iam_user_policy_attachment" "of_child" {
  user       = module.child["a"].user
  policy_arn = module.child["a"].policy
}

resource "aws_iam_user_login_profile" "bob" {
  user = aws_iam_user.people["bob"].id
}
