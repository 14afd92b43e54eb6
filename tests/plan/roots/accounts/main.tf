terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {}

provider "aws" {
  alias = "audit"
  assume_role {
    role_arn = "arn:aws:iam::111111111111:role/deploy"
  }
}

locals {
  read = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }] })
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group" "audit" {
  provider = aws.audit
  name     = "ops"
}

resource "aws_iam_policy" "read" {
  name   = "read"
  policy = local.read
}

resource "aws_iam_policy" "audit" {
  provider = aws.audit
  count    = 2
  name     = "read-${count.index}"
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }] })
}

resource "aws_iam_group_policy_attachment" "read" {
  group      = aws_iam_group.ops.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_group_policy_attachments_exclusive" "audit" {
  provider    = aws.audit
  group_name  = aws_iam_group.audit.name
  policy_arns = [aws_iam_policy.audit[0].arn, aws_iam_policy.audit[1].arn]
}

resource "aws_iam_user" "anna" {
  name = "anna"
}

resource "aws_iam_user_login_profile" "anna" {
  user = aws_iam_user.anna.id
}

resource "aws_iam_user_policy_attachment" "anna" {
  user       = aws_iam_user.anna.name
  policy_arn = aws_iam_policy.read.arn
}

module "child" {
  source   = "./child"
  for_each = toset(["bert", "carl"])
  providers = {
    aws = aws.audit
  }
  name   = each.key
  group  = aws_iam_group.audit.name
  policy = aws_iam_policy.audit[0].arn
}
