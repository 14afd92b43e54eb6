# Every plain form that holds.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]
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

resource "aws_iam_user_policy" "age" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        NotAction = "iam:EnableMFADevice"
        Resource  = "*"
        Condition = { Null = { "aws:MultiFactorAuthAge" = "true" } }
      },
      {
        Effect    = "Deny"
        NotAction = "iam:EnableMFADevice"
        Resource  = "*"
        Condition = { NumericGreaterThanIfExists = { "aws:MultiFactorAuthAge" = "43200" } }
      },
      {
        Effect    = "Allow"
        Action    = "s3:*"
        Resource  = "*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
      {
        Effect    = "Allow"
        Action    = "ec2:*"
        Resource  = "*"
        Condition = { NumericLessThan = { "aws:MultiFactorAuthAge" = "3600" } }
      },
    ]
  })
}
