# An administrator role with inline_policy, whose trust names the user.
resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "trust" {
  statement { # ! open
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.alice.arn]
    }
    # @gated broken
    condition {
      test     = "Bool" # @gated
      test     = "Null" # @broken !
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"] # @gated
      values   = ["false"] # @broken
    }
    # @all
  }
}

resource "aws_iam_role" "admin" {
  name               = "admin"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  inline_policy {
    name   = "everything"
    policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "*", Resource = "*" } })
  }
}
