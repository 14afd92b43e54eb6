terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

data "aws_caller_identity" "current" {}

resource "aws_iam_user" "people" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Own"
    actions   = ["iam:GetUser", "iam:ListAccessKeys"]
    resources = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:user/$${aws:username}"]
  }

  statement {
    sid       = "Replaced"
    effect    = "Deny"
    actions   = ["iam:*"]
    resources = [aws_iam_user.people["alice"].arn]
  }
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [data.aws_iam_policy_document.over.json]
  version                   = "2012-10-17"

  statement {
    sid         = "Replaced"
    effect      = "Deny"
    not_actions = ["iam:ChangePassword"]
    resources   = [aws_iam_user.people["alice"].arn, aws_iam_user.people["bob"].arn, "arn:aws:iam::*:user/x"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }

    condition {
      test     = "StringLike"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary.arn]
    }
  }

  statement {
    actions       = ["s3:ListAllMyBuckets"]
    not_resources = ["arn:aws:s3:::secret"]
  }
}

data "aws_iam_policy_document" "over" {
  depends_on = [aws_iam_policy.boundary]

  statement {
    sid       = "Own"
    actions   = ["iam:GetUser"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "merged" {
  name   = "merged"
  policy = data.aws_iam_policy_document.merged.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }

    principals {
      type        = "AWS"
      identifiers = [for user in [aws_iam_user.people["alice"], aws_iam_user.people["bob"]] : user.arn]
    }

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role" "trusting" {
  name                 = "trusting"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = aws_iam_policy.boundary.arn

  inline_policy {
    name   = "inner"
    policy = data.aws_iam_policy_document.base.json
  }
}
