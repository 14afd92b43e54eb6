data "aws_iam_policy_document" "mfa" {
  statement {
    sid         = "WithoutMFA"
    effect      = "Deny"
    not_actions = ["iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"]
    resources   = ["*"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [for name in var.team : aws_iam_user.team[name].arn]
    }

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_user" "team" {
  for_each = toset(var.team)

  name = "service0000-${each.key}"
  path = "/team/"
  tags = local.tags
}

resource "aws_iam_group" "team" {
  name = "${local.name}-team"
}

resource "aws_iam_group_membership" "team" {
  name  = "team"
  group = aws_iam_group.team.name
  users = [for user in aws_iam_user.team : user.name]
}

resource "aws_iam_policy" "mfa" {
  name   = "${local.name}-mfa"
  policy = data.aws_iam_policy_document.mfa.json
}

resource "aws_iam_group_policy_attachment" "mfa" {
  group      = aws_iam_group.team.name
  policy_arn = aws_iam_policy.mfa.arn
}

resource "aws_iam_role" "deploy" {
  name               = "${local.name}-deploy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "deploy" {
  role = aws_iam_role.deploy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:GetObject"]
      Resource = [for bucket in ["uploads", "reports"] : "arn:aws:s3:::example-service0000-${bucket}/*"]
    }]
  })
}
