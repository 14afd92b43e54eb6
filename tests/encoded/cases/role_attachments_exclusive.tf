# An administrator role by an exclusive list; its trust denies who comes without MFA.
resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "trust" {
  statement { # ! open
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
  # @gated broken
  statement {
    effect  = "Deny"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "BoolIfExists" # @gated
      test     = "Bool" # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
  # @all
}

resource "aws_iam_role" "admin" {
  name               = "admin"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachments_exclusive" "admin" {
  role_name   = aws_iam_role.admin.name
  policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_user_policy" "assume" {
  user   = aws_iam_user.alice.name
  policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "sts:*", Resource = "*" } })
}
