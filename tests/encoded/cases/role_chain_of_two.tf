# The user enters a role, and that one the administrator role.
data "aws_caller_identity" "current" {}

resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "hop" {
  statement { # ! open broken
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.current.account_id]
    }
    # @gated
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
    # @all
  }
}

resource "aws_iam_role" "hop" {
  name               = "hop"
  assume_role_policy = data.aws_iam_policy_document.hop.json
}

resource "aws_iam_role_policy" "hop" {
  role   = aws_iam_role.hop.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.admin.arn }] })
}

resource "aws_iam_role" "admin" {
  name = "admin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = aws_iam_role.hop.arn }
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } } # @broken !
    }]
  })
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "assume" {
  user   = aws_iam_user.alice.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.hop.arn }] })
}
